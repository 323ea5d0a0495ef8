//! What an agent may do for its member at a block.

use crate::{chain::View, error::Error};
use cti_primitives::{MemberId, Standing};
use subxt::utils::AccountId32;

/// How the agent's account and its member stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stance {
	/// The account acts for an active member.
	Active,
	/// The member is suspended: the chain takes acknowledgements from it, and nothing else an agent does.
	Suspended,
	/// The member left or was expelled.
	Departed,
	/// The account acts for the member no longer.
	Retired,
}

impl Stance {
	/// That of the account and its member at this block.
	pub async fn at(view: &View, account: AccountId32, member: MemberId) -> Result<Self, Error> {
		let acting = view.member_of(account).await?.is_some_and(|acting| acting.member == member);
		let members = view.members().await?;
		let standing = members.iter().find(|known| *known.member == member).map(|known| *known.standing);
		Ok(Self::of(acting, standing))
	}

	/// A departed member's accounts are retired, too: that it departed says more.
	fn of(acting: bool, standing: Option<Standing>) -> Self {
		match (acting, standing) {
			(_, Some(Standing::Left | Standing::Expelled)) => Stance::Departed,
			(true, Some(Standing::Active)) => Stance::Active,
			(true, Some(Standing::Suspended)) => Stance::Suspended,
			(false, _) | (true, None) => Stance::Retired,
		}
	}

	/// May it do all that an agent does?
	pub fn acts(self) -> bool {
		self == Stance::Active
	}

	/// May it acknowledge withdrawals?
	pub fn acknowledges(self) -> bool {
		matches!(self, Stance::Active | Stance::Suspended)
	}

	/// What the operator is told, once.
	pub fn said_of(self, member: MemberId) -> String {
		match self {
			Stance::Active => format!("member {member} is active"),
			Stance::Suspended => format!(
				"member {member} is suspended: until a vote reinstates it, this agent deletes what is withdrawn, \
				 acknowledges that, and does nothing else"
			),
			Stance::Departed => format!(
				"member {member} is not in the consortium any more: this agent deletes what is withdrawn and does \
				 nothing else; end it"
			),
			Stance::Retired => format!(
				"this account acts for member {member} no longer: this agent deletes what is withdrawn and does nothing \
				 else; end it, and start it with another --identity and the same --store: what is withdrawn later stays in a \
				 store that nobody brings up to date"
			),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn suspended_member_should_acknowledge_and_do_nothing_else() {
		let suspended = Stance::of(true, Some(Standing::Suspended));
		assert!(suspended.acknowledges() && !suspended.acts());
		let active = Stance::of(true, Some(Standing::Active));
		assert!(active.acknowledges() && active.acts());
	}

	#[test]
	fn who_departed_or_acts_for_nobody_should_do_nothing_and_be_told_which() {
		let cases = [
			(false, Some(Standing::Expelled), "not in the consortium"),
			(false, Some(Standing::Left), "not in the consortium"),
			(false, Some(Standing::Active), "acts for member 3 no longer"),
			(false, Some(Standing::Suspended), "acts for member 3 no longer"),
		];
		for (acting, standing, words) in cases {
			let stance = Stance::of(acting, standing);
			assert!(!stance.acknowledges() && !stance.acts(), "{standing:?}");
			assert!(stance.said_of(MemberId(3)).contains(words), "{}", stance.said_of(MemberId(3)));
		}
	}
}
