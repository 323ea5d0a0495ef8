//! One file for each call, and one for each thing that is true of all.

use crate::{
	mock::*, types::*, weights::WeightInfo, ByTechnique, Config, Error, Event, ExpiryQueue, Records, Sightings,
};
use cti_primitives::{
	record::{Sighting, SightingKind},
	Draft, Epoch, MemberId, RecordId, RecordStatus, Registry, Role, Standing, TechniqueKey, Tlp,
};
use frame::testing_prelude::*;

mod acknowledge;
mod anchor;
mod decline;
mod expiry;
mod extend;
mod grant;
mod hidden_groups;
mod judged;
mod markings;
mod publish;
mod queries;
mod refusals;
mod registry;
mod request_access;
mod revise;
mod sight;
mod sizes;
mod try_state;
mod withdraw;

type ThreatRegistryEvent = Event<Test>;
type Weights = <Test as Config>::WeightInfo;
