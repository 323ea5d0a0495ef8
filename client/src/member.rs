//! Members by number or name, and the one that an identity acts for.

use crate::{
	chain::{
		types::{text, Acting, MemberInfo},
		View,
	},
	error::Error,
	identity::Identity,
};
use cti_primitives::{MemberId, Standing};
use std::collections::BTreeMap;

/// The member and role behind an identity's account.
pub async fn acting(view: &View, identity: &Identity) -> Result<Acting, Error> {
	let found = view.member_of(identity.account_id()).await?;
	found.ok_or_else(|| {
		Error::Identity {
		name: identity.name.clone(),
		reason: format!("its account {} acts for no member of this consortium", identity.account_id()),
		advice: "check --url and --identity; a new organisation is admitted by a vote, a delegate is added by its controller"
			.into(),
	}
	})
}

/// Refuses what only an active member may do, before anything is sealed.
pub async fn require_active(view: &View, member: MemberId, call: &str) -> Result<(), Error> {
	let members = view.members().await?;
	let standing = members.iter().find(|known| *known.member == member).map(|known| *known.standing);
	let word = match standing {
		Some(Standing::Active) => return Ok(()),
		Some(Standing::Suspended) => "is suspended",
		Some(Standing::Left) => "left",
		Some(Standing::Expelled) => "was expelled",
		None => "is not known",
	};
	Err(Error::Refused {
		call: call.into(),
		rule: "NotActive".into(),
		explanation: format!("member {member} {word}"),
		advice: "ask the consortium for a vote: it reinstates a suspended member, and admits others anew".into(),
	})
}

/// Members' names by number.
pub fn names(members: &[MemberInfo]) -> BTreeMap<MemberId, String> {
	members.iter().map(|member| (*member.member, text(&member.name))).collect()
}

/// The member that `selector` names: a number, a name, or the beginning of exactly one name, in any case.
pub fn find(names: &BTreeMap<MemberId, String>, selector: &str) -> Result<MemberId, Error> {
	if let Ok(member) = selector.parse::<MemberId>() {
		return match names.contains_key(&member) {
			true => Ok(member),
			false => Err(unknown(selector)),
		};
	}
	let wanted = selector.to_lowercase();
	let exact = names.iter().find(|(_, name)| name.to_lowercase() == wanted);
	if let Some((member, _)) = exact {
		return Ok(*member);
	}
	let mut matching = names.iter().filter(|(_, name)| name.to_lowercase().starts_with(&wanted));
	match (matching.next(), matching.next()) {
		(Some((member, _)), None) => Ok(*member),
		(Some((_, first)), Some((_, second))) => Err(Error::usage(
			format!("{selector:?} could be {first} or {second}"),
			"write the whole name, or the member's number",
		)),
		_ => Err(unknown(selector)),
	}
}

fn unknown(selector: &str) -> Error {
	Error::not_found(format!("there is no member {selector:?}"), "see `testudo members`")
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::error::Exit;

	fn members() -> BTreeMap<MemberId, String> {
		["Aldgate Bank", "Borealis CERT", "Borealis Energy"]
			.into_iter()
			.enumerate()
			.map(|(id, name)| (MemberId(id as u32), name.into()))
			.collect()
	}

	#[test]
	fn members_should_be_found_by_number_name_and_beginning() {
		for selector in ["0", "Aldgate Bank", "aldgate", "ALD"] {
			assert_eq!(find(&members(), selector).unwrap(), MemberId(0), "{selector}");
		}
		assert_eq!(find(&members(), "borealis cert").unwrap(), MemberId(1));
	}

	#[test]
	fn ambiguous_and_unknown_members_should_be_refused() {
		assert_eq!(find(&members(), "borealis").unwrap_err().exit(), Exit::Usage);
		assert_eq!(find(&members(), "7").unwrap_err().exit(), Exit::NotFound);
		assert_eq!(find(&members(), "zeta").unwrap_err().exit(), Exit::NotFound);
	}
}
