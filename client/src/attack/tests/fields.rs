//! The arguments, encoded by the types that the chain's metadata describes, are the arguments themselves.

use super::*;
use crate::attack::fields;
use codec::Encode;
use cti_primitives::{
	catalogue::{CataloguePage, MAX_PAGES},
	Domain,
};
use scale_info::{MetaType, PortableRegistry, Registry};
use subxt::{dynamic::Value as Dynamic, ext::scale_value::scale::encode_as_type};

fn encoded<T: scale_info::TypeInfo + 'static>(value: &Dynamic) -> Vec<u8> {
	let mut registry = Registry::new();
	let id = registry.register_type(&MetaType::new::<T>()).id;
	let registry: PortableRegistry = registry.into();
	let mut bytes = Vec::new();
	encode_as_type(value, id, &registry, &mut bytes).unwrap();
	bytes
}

fn sample() -> Catalogue {
	import(framed([
		technique("T0001", &["one", "two"]),
		with(technique("T0002", &[]), "revoked", json!(true)),
		with(technique("T0003", &["one"]), "revoked", json!(true)),
		with(technique("T0001.001", &[]), "x_mitre_deprecated", json!(true)),
		revoked_by("T0003", "T0001.001", "2024"),
	]))
	.unwrap()
}

#[test]
fn page_should_encode_to_what_was_hashed() {
	let catalogue = sample();
	let page = &catalogue.pages[0];
	let arguments = fields::import_page(catalogue.domain, 3, page);
	assert_eq!(encoded::<Domain>(&arguments[0]), Domain::Enterprise.encode());
	assert_eq!(encoded::<u32>(&arguments[1]), 3u32.encode());
	assert_eq!(encoded::<CataloguePage>(&arguments[2]), page.encode());
	assert_eq!(arguments.len(), 3);
}

#[test]
fn authorization_should_name_domain_version_hashes_and_count() {
	let catalogue = sample();
	let arguments = fields::authorize_import(&catalogue);
	assert_eq!(encoded::<Domain>(&arguments[0]), catalogue.domain.encode());
	assert_eq!(encoded::<CatalogueVersion>(&arguments[1]), V18_1.encode());
	assert_eq!(encoded::<Vec<cti_primitives::Hash>>(&arguments[2]), catalogue.page_hashes().encode());
	assert_eq!(encoded::<u32>(&arguments[3]), 4u32.encode());
	assert_eq!(arguments.len(), 4);
	assert!(catalogue.pages.len() <= MAX_PAGES as usize);
	for domain in Domain::ALL {
		assert_eq!(encoded::<Domain>(&fields::abort_import(domain)[0]), domain.encode());
	}
}
