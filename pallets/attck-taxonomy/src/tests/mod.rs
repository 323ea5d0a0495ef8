mod abort_import;
mod authorize_import;
mod clearing;
mod frozen;
mod genesis;
mod import_page;
mod rules;
mod taxonomy;
mod try_state;
mod views;

use crate::{mock::*, *};
use cti_primitives::{catalogue::CatalogueVersion, Domain, MemberId, TechniqueStatus};
use frame::testing_prelude::*;
use TechniqueStatus::{Active, Deprecated, Revoked};
