//! `testudo groups` on the command line.

use clap::{Args, Subcommand};
use cti_primitives::{Epoch, GroupId, Tlp};

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
}
