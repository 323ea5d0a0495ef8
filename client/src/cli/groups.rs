//! `testudo groups` on the command line.

use clap::{Args, Subcommand};
use cti_primitives::{Epoch, GroupId, Reliability, Tlp};

/// `testudo groups`
#[derive(Subcommand, Debug, Default)]
pub enum Groups {
	/// List the groups.
	#[default]
	List,
	/// Show one group and who is in it.
	Show {
		/// The group.
		group: GroupId,
	},
	/// Create a group; you are its owner and first member.
	Create(CreateGroup),
	/// Add members to a group of yours and hand them the current epoch's secret. A hidden group is rekeyed, once for all
	/// of them: whoever counts its epochs does not count its members.
	Add {
		/// The group.
		group: GroupId,
		/// The members: numbers or names.
		#[arg(required = true, value_name = "MEMBER")]
		members: Vec<String>,
	},
	/// Remove a member from a group of yours; the group is stale until its rekey. A hidden group is rekeyed at once.
	Remove {
		/// The group.
		group: GroupId,
		/// The member: number or name.
		member: String,
	},
	/// Hand an epoch's secret to a member of the group that has none: a new member of the consortium in group 0, or one
	/// whose `add` ended half-way.
	Welcome {
		/// The group.
		group: GroupId,
		/// The member: number or name.
		member: String,
		/// The epoch, where it is not the newest; the group must keep history.
		#[arg(long, value_name = "E")]
		epoch: Option<Epoch>,
	},
	/// Give the group a new epoch key, wrapped to every present member.
	Rekey {
		/// The group.
		group: GroupId,
		/// Cut the history of a group that keeps it, where you do not hold the newest epoch's secret: members that
		/// come later open nothing from before.
		#[arg(long)]
		without_history: bool,
		/// Who is in a hidden group, where this store does not know it: a deputy, or an owner with a new store.
		#[arg(long = "member", value_name = "MEMBER")]
		members: Vec<String>,
	},
	/// Change the policy of a group of yours: what you do not name stays as it is.
	Policy(SetPolicy),
	/// Say which members rekey a hidden group of yours beside you; nobody, where none is named.
	Deputies {
		/// The group.
		group: GroupId,
		/// The members: numbers or names.
		members: Vec<String>,
	},
	/// Say that the wrap you were given for the newest epoch does not open: who holds the secret answers.
	ReportBadWrap {
		/// The group.
		group: GroupId,
	},
}

/// `testudo groups create`
#[derive(Args, Debug)]
pub struct CreateGroup {
	/// Its name.
	pub name: String,
	/// The strictest marking it takes: clear, green, amber or amber+strict.
	#[arg(long, default_value = "amber", value_name = "MARKING")]
	pub ceiling: Tlp,
	/// Refuse records that name no technique.
	#[arg(long)]
	pub techniques_required: bool,
	/// Let members pass AMBER on to their own clients.
	#[arg(long)]
	pub pass_on_to_clients: bool,
	/// New members can open what earlier epochs sealed.
	#[arg(long)]
	pub history: bool,
	/// Members outside may publish to it.
	#[arg(long)]
	pub drop_box: bool,
	/// Nobody but you knows who is in it; you alone, and your deputies, rekey it.
	#[arg(long)]
	pub hidden: bool,
}

/// `testudo groups policy`
#[derive(Args, Debug, Default)]
pub struct SetPolicy {
	/// The group.
	pub group: GroupId,
	/// What changes.
	#[command(flatten)]
	pub changes: PolicyChanges,
}

/// The least that is asked for; none if nothing is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Least<T>(pub Option<T>);

fn least_reliability(text: &str) -> Result<Least<Reliability>, String> {
	use Reliability::{A, B, C, D, E};
	if text == "none" {
		return Ok(Least(None));
	}
	let letter = [A, B, C, D, E].into_iter().find(|letter| letter.to_string().eq_ignore_ascii_case(text));
	letter.map(|letter| Least(Some(letter))).ok_or_else(|| "write a letter from A to E, or none".into())
}

/// In millionths.
fn least_reciprocity(text: &str) -> Result<Least<u32>, String> {
	const MOST: f64 = 4_000.0;
	if text == "none" {
		return Ok(Least(None));
	}
	match text.parse::<f64>() {
		Ok(number) if (0.0..=MOST).contains(&number) => Ok(Least(Some((number * 1e6).round() as u32))),
		_ => Err("write uses given for each taken, such as 0.5, or none".into()),
	}
}

/// What of a group's policy changes.
#[derive(Args, Clone, Debug, Default)]
pub struct PolicyChanges {
	/// The strictest marking it takes: clear, green, amber or amber+strict.
	#[arg(long, value_name = "MARKING")]
	pub ceiling: Option<Tlp>,
	/// Refuse records that name no technique: true or false.
	#[arg(long, value_name = "BOOL")]
	pub techniques_required: Option<bool>,
	/// Let members pass AMBER on to their own clients.
	#[arg(long, value_name = "BOOL")]
	pub pass_on_to_clients: Option<bool>,
	/// New members can open what epochs from now on seal; links that exist stay.
	#[arg(long, value_name = "BOOL")]
	pub history: Option<bool>,
	/// Members outside may publish to it.
	#[arg(long, value_name = "BOOL")]
	pub drop_box: Option<bool>,
	/// Take records only of members of this reliability, A to E, or better; none takes all. F, which newcomers have, meets E.
	#[arg(long, value_name = "LETTER", value_parser = least_reliability)]
	pub min_reliability: Option<Least<Reliability>>,
	/// Add only members that give so much for what they take, as `testudo reciprocity` counts it, such as 0.5; none adds all.
	#[arg(long, value_name = "RATIO", value_parser = least_reciprocity)]
	pub min_reciprocity: Option<Least<u32>>,
	/// Refuse objects of a type without these properties, such as indicator:description,valid_until; repeat for more types;
	/// none asks for nothing any more.
	#[arg(long, value_name = "TYPE:PROPERTIES")]
	pub require: Vec<String>,
	/// Refuse objects with values on the warning lists of who publishes.
	#[arg(long, value_name = "BOOL")]
	pub warning_lists: Option<bool>,
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn gates_should_be_read_and_nothing_else_be_taken_for_one() {
		assert_eq!(least_reliability("b").unwrap(), Least(Some(Reliability::B)));
		assert_eq!(least_reliability("none").unwrap(), Least(None));
		assert!(["F", "AB", ""].iter().all(|text| least_reliability(text).is_err()));
		assert_eq!(least_reciprocity("0.5").unwrap(), Least(Some(500_000)));
		assert_eq!(least_reciprocity("2").unwrap(), Least(Some(2_000_000)));
		assert_eq!(least_reciprocity("none").unwrap(), Least(None));
		assert!(["-1", "NaN", "5000", "half"].iter().all(|text| least_reciprocity(text).is_err()));
	}
}
