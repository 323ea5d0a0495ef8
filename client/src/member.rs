//! Members by number or name, and the one that an identity acts for.

use crate::{
	chain::{
		types::{Acting, MemberInfo},
		View,
	},
	error::Error,
	identity::Identity,
};
use cti_primitives::{MemberId, Role, Standing};
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

/// Refuses to publish for a role that may not, before anything is sealed.
pub fn require_publisher(role: Role) -> Result<(), Error> {
	match role.may_publish() {
		true => Ok(()),
		false => Err(Error::Refused {
			call: "ThreatRegistry.publish".into(),
			rule: "WrongRole".into(),
			explanation: format!("the role {} publishes no records", format!("{role:?}").to_lowercase()),
			advice: "use the --identity of the controller or of an analyst".into(),
		}),
	}
}

/// Refuses what only a member's controller may do, before a fee is asked of a delegate that has no balance; `what` is a
/// verb with its object.
pub async fn require_controller(view: &View, identity: &Identity, what: &str) -> Result<MemberId, Error> {
	let acting = acting(view, identity).await?;
	match acting.role {
		Role::Controller => Ok(acting.member),
		role => Err(may_not(&identity.name, acting.member, role, what)),
	}
}

fn may_not(name: &str, member: MemberId, role: Role, what: &str) -> Error {
	Error::Identity {
		name: name.into(),
		reason: format!("it acts for member {member} as {role:?}, and only a controller may {what}"),
		advice: "use the controller's --identity, see `testudo delegates`".into(),
	}
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
	members.iter().map(|member| (*member.member, member.name.clone())).collect()
}

/// The number under which the organisation was first admitted: what is known of it as a source and as a judge belongs to that.
pub fn first(members: &[MemberInfo], member: MemberId) -> MemberId {
	let former = |of: &MemberId| {
		let known = members.iter().find(|known| *known.member == *of)?;
		// A member continues an earlier one.
		known.former.as_ref().map(|former| **former).filter(|former| former < of)
	};
	std::iter::successors(Some(member), former).last().unwrap_or(member)
}

/// Those who can be meant by a name.
pub trait Known {
	/// Each with its name and standing.
	fn known(&self) -> Vec<(MemberId, String, Standing)>;
}

impl Known for Vec<MemberInfo> {
	fn known(&self) -> Vec<(MemberId, String, Standing)> {
		self.iter().map(|member| (*member.member, member.name.clone(), *member.standing)).collect()
	}
}

/// Where nothing is known of their standing, none comes before another.
impl Known for BTreeMap<MemberId, String> {
	fn known(&self) -> Vec<(MemberId, String, Standing)> {
		self.iter().map(|(member, name)| (*member, name.clone(), Standing::Active)).collect()
	}
}

/// The member that `selector` names: a number, a name, or the beginning of exactly one name, in any case. An active member
/// comes before a suspended one, and that before one that departed.
pub fn find(known: &impl Known, selector: &str) -> Result<MemberId, Error> {
	find_by(known, selector, |standing| match standing {
		Standing::Active => 0,
		Standing::Suspended => 1,
		Standing::Left | Standing::Expelled => 2,
	})
}

/// The same, where a departed member is meant.
pub fn find_departed(known: &impl Known, selector: &str) -> Result<MemberId, Error> {
	find_by(known, selector, |standing| u8::from(matches!(standing, Standing::Active | Standing::Suspended)))
}

/// The same, where a suspended member is meant.
pub fn find_suspended(known: &impl Known, selector: &str) -> Result<MemberId, Error> {
	find_by(known, selector, |standing| u8::from(standing != Standing::Suspended))
}

/// Whole names count before beginnings, and then the least `rank`; two of one rank could both be meant.
fn find_by(known: &impl Known, selector: &str, rank: impl Fn(Standing) -> u8) -> Result<MemberId, Error> {
	let known = known.known();
	if let Ok(member) = selector.parse::<MemberId>() {
		let is_known = known.iter().any(|(id, ..)| *id == member);
		return if is_known { Ok(member) } else { Err(unknown(selector)) };
	}
	let wanted = selector.to_lowercase();
	let matching = |is_meant: &dyn Fn(&str) -> bool| -> Vec<&(MemberId, String, Standing)> {
		known.iter().filter(|(_, name, _)| is_meant(&name.to_lowercase())).collect()
	};
	let mut found = matching(&|name| name == wanted);
	if found.is_empty() {
		found = matching(&|name| name.starts_with(&wanted));
	}
	let first = found.iter().map(|(.., standing)| rank(*standing)).min();
	found.retain(|(.., standing)| Some(rank(*standing)) == first);
	match found.as_slice() {
		[] => Err(unknown(selector)),
		[(member, ..)] => Ok(*member),
		several => Err(ambiguous(selector, several)),
	}
}

fn ambiguous(selector: &str, several: &[&(MemberId, String, Standing)]) -> Error {
	let listed: Vec<String> = several.iter().map(|(member, name, _)| format!("{member} {name}")).collect();
	Error::usage(format!("{selector:?} could be {}", listed.join(" or ")), "write the member's number")
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
		let ambiguous = find(&members(), "borealis").unwrap_err();
		assert_eq!(ambiguous.exit(), Exit::Usage);
		assert!(ambiguous.to_string().contains("1 Borealis CERT or 2 Borealis Energy"), "{ambiguous}");
		assert_eq!(find(&members(), "7").unwrap_err().exit(), Exit::NotFound);
		assert_eq!(find(&members(), "zeta").unwrap_err().exit(), Exit::NotFound);
	}

	struct Seated(Vec<(&'static str, Standing)>);

	impl Known for Seated {
		fn known(&self) -> Vec<(MemberId, String, Standing)> {
			let numbered = self.0.iter().enumerate();
			numbered.map(|(id, (name, standing))| (MemberId(id as u32), (*name).into(), *standing)).collect()
		}
	}

	#[test]
	fn delegate_should_be_told_that_its_role_may_not() {
		let error = may_not("work", MemberId(3), Role::Auditor, "create groups");
		assert_eq!(error.exit(), Exit::Identity);
		assert!(error.to_string().contains("as Auditor, and only a controller may create groups"), "{error}");
	}

	#[test]
	fn who_is_there_should_come_before_who_is_suspended_or_departed() {
		use Standing::{Active, Expelled, Left, Suspended};
		let all = Seated(vec![("Elbe", Expelled), ("Elbe", Suspended), ("Elbe", Active), ("Elbe", Left)]);
		for selector in ["elbe", "el"] {
			assert_eq!(find(&all, selector).unwrap(), MemberId(2));
			assert_eq!(find_suspended(&all, selector).unwrap(), MemberId(1));
			assert!(find_departed(&all, selector).unwrap_err().to_string().contains("0 Elbe or 3 Elbe"));
		}
		let gone = Seated(vec![("Elbe", Expelled), ("Elbe", Suspended)]);
		assert_eq!(find(&gone, "elbe").unwrap(), MemberId(1));
		assert_eq!(find_departed(&gone, "elbe").unwrap(), MemberId(0));
		assert_eq!(find(&all, "0").unwrap(), MemberId(0), "a number means whom it names");
	}

	#[test]
	fn two_of_one_name_and_standing_should_not_be_guessed_between() {
		use Standing::{Active, Suspended};
		let twins = Seated(vec![("Elbe", Active), ("Elbe", Active), ("Elbe Bank", Active)]);
		let error = find(&twins, "ELBE").unwrap_err();
		assert!(error.exit() == Exit::Usage && error.to_string().contains("0 Elbe or 1 Elbe"), "{error}");
		let whole = Seated(vec![("Elbe", Suspended), ("Elbe Bank", Active)]);
		assert_eq!(find(&whole, "elbe").unwrap(), MemberId(0), "who writes a whole name means it");
	}
}
