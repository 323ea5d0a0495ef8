//! What other crates refuse, in this pallet's words.

use crate::pallet::{Config, Error};
use cti_envelope::HeaderError;
use cti_primitives::Refusal;

impl<T: Config> From<Refusal> for Error<T> {
	fn from(refusal: Refusal) -> Self {
		match refusal {
			Refusal::UnknownMember => Self::UnknownMember,
			Refusal::NotActive => Self::NotActive,
			Refusal::UnknownGroup => Self::UnknownGroup,
			Refusal::NotInGroup => Self::NotInGroup,
			Refusal::StaleGroup => Self::StaleGroup,
			Refusal::WrongEpoch => Self::WrongEpoch,
			Refusal::MarkingTooStrict => Self::MarkingTooStrict,
			Refusal::TechniquesRequired => Self::TechniquesRequired,
			Refusal::BelowReliability => Self::BelowReliability,
			Refusal::TechniquesNotPublic => Self::TechniquesNotPublic,
			Refusal::UnknownTechnique => Self::UnknownTechnique,
			Refusal::Exhausted => Self::RecordNumbersExhausted,
		}
	}
}

impl<T: Config> From<HeaderError> for Error<T> {
	fn from(error: HeaderError) -> Self {
		match error {
			HeaderError::Unreadable => Self::EnvelopeUnreadable,
			HeaderError::UnknownVersion(_) => Self::UnknownVersion,
			HeaderError::UnknownSuite(_) => Self::UnknownSuite,
			HeaderError::TooManyGroups(_) => Self::TooManyGroups,
			HeaderError::AudienceNotAscending => Self::AudienceNotAscending,
			HeaderError::TooManyDirect(_) => Self::TooManyDirect,
			HeaderError::DirectNotAscending => Self::DirectNotAscending,
			HeaderError::NoRecipient => Self::NoRecipient,
			HeaderError::InvalidLeaves(_) => Self::InvalidLeaves,
			HeaderError::InvalidPaddedLen(_) => Self::InvalidPaddedLen,
			HeaderError::WrongLength { .. } => Self::WrongLength,
		}
	}
}
