//! Options of `testudo attack`.

use super::Audience;
use clap::{Args, Subcommand, ValueEnum};
use cti_primitives::{catalogue::CatalogueVersion, Domain, GroupId};
use std::path::PathBuf;

/// `testudo attack`
#[derive(Subcommand, Debug)]
pub enum Attack {
	/// Which techniques the records of the local store name, by tactic.
	Coverage(Coverage),
	/// The same as a layer for ATT&CK Navigator, or as a picture.
	Layer(Layer),
	/// Derive the compact catalogue from an official ATT&CK STIX bundle: version, counts, page hashes.
	Import(ImportAttack),
	/// Bring the pages of an import that the consortium voted for (`testudo govern propose import`).
	Bring {
		/// The bundle, plain or gzipped.
		file: PathBuf,
		/// ATT&CK's version, where the bundle does not say it.
		#[arg(long, value_name = "VERSION")]
		version: Option<CatalogueVersion>,
	},
}

/// `testudo attack coverage` and `testudo attack layer`
#[derive(Args, Debug)]
pub struct Coverage {
	/// ATT&CK's domain.
	#[arg(long, value_enum, default_value = "enterprise")]
	pub domain: AttackDomain,
	/// Only records sealed to this group.
	#[arg(long, value_name = "N")]
	pub group: Option<GroupId>,
	/// Only records published since this day or moment, in UTC: 2026-01-31, 2026-01-31T12:00:00Z.
	#[arg(long, value_name = "T", value_parser = moment)]
	pub since: Option<u64>,
	/// Only records that are at least this credible: 1 (confirmed) to 5 (improbable); those that cannot be judged are left out.
	#[arg(long, value_name = "C", value_parser = clap::value_parser!(u8).range(1..=5))]
	pub min_credibility: Option<u8>,
	/// For whom it is: decides which markings may be in it.
	#[arg(long = "for", value_enum, default_value = "own-staff", value_name = "WHOM")]
	pub audience: Audience,
}

/// `testudo attack layer`
#[derive(Args, Debug)]
pub struct Layer {
	/// Which records.
	#[command(flatten)]
	pub coverage: Coverage,
	/// Write an ATT&CK Navigator layer (format 4.5) here; `-` is standard output.
	#[arg(long, value_name = "FILE", required_unless_present = "svg")]
	pub out: Option<PathBuf>,
	/// Draw the matrix here.
	#[arg(long, value_name = "FILE")]
	pub svg: Option<PathBuf>,
}

/// A domain of ATT&CK.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum AttackDomain {
	/// Enterprise.
	Enterprise,
	/// Mobile.
	Mobile,
	/// Industrial control systems.
	Ics,
}

impl From<AttackDomain> for Domain {
	fn from(domain: AttackDomain) -> Self {
		match domain {
			AttackDomain::Enterprise => Domain::Enterprise,
			AttackDomain::Mobile => Domain::Mobile,
			AttackDomain::Ics => Domain::Ics,
		}
	}
}

/// `testudo attack import`
#[derive(Args, Debug)]
pub struct ImportAttack {
	/// The bundle, plain or gzipped.
	pub file: PathBuf,
	/// ATT&CK's version, where the bundle does not say it.
	#[arg(long, value_name = "VERSION")]
	pub version: Option<CatalogueVersion>,
	/// Write the compact table here.
	#[arg(long, value_name = "FILE")]
	pub table: Option<PathBuf>,
	/// Compare with the compact table in this file; exit code 8 if they differ.
	#[arg(long, value_name = "FILE", conflicts_with = "table")]
	pub compare: Option<PathBuf>,
}

/// Unix seconds of a day's beginning or of a moment.
fn moment(text: &str) -> Result<u64, String> {
	let day = format!("{text}T00:00:00Z");
	let moment = text.parse::<cti_stix::Timestamp>().or_else(|_| day.parse());
	moment.map(cti_stix::Timestamp::seconds).map_err(|_| "write it like 2026-01-31 or 2026-01-31T12:00:00Z".into())
}
