//! What groups ask for, in words and on warning lists.

use cti_primitives::{
	quality::{Quality, Requirement, Word},
	warning::{ReadList, WarningList, WarningLists},
	Reliability,
};

fn quality(requirements: &[&str]) -> Quality {
	let requirements: Vec<Requirement> = requirements.iter().map(|text| text.parse().unwrap()).collect();
	Quality { requirements: requirements.try_into().unwrap(), warning_lists: false }
}

#[test]
fn requirements_should_be_read_and_printed_in_one_form() {
	let requirement: Requirement = "indicator: valid_until, description,valid_until".parse().unwrap();
	assert_eq!(requirement.to_string(), "indicator:description,valid_until");
	for bad in ["indicator", "indicator:", ":name", "Indicator:name", "indicator:Name", "indicator:a b", "a:b,,c", ""] {
		let error = bad.parse::<Requirement>().unwrap_err().to_string();
		assert!(error.contains("indicator:description,valid_until"), "{bad}: {error}");
	}
	let many: Vec<String> = (0..9).map(|n| format!("p{n}")).collect();
	assert!(format!("a:{}", many.join(",")).parse::<Requirement>().is_err());
	assert!(format!("a:{}", many[1..].join(",")).parse::<Requirement>().is_ok());
}

#[test]
fn qualities_should_be_valid_only_in_their_order_and_without_repeats() {
	assert!(Quality::default().is_valid() && Quality::default().is_empty());
	assert!(quality(&["indicator:name", "malware:name"]).is_valid());
	assert!(!quality(&["malware:name", "indicator:name"]).is_valid());
	assert!(!quality(&["malware:name", "malware:description"]).is_valid());
	let with = |properties: Vec<&[u8]>| {
		let words: Vec<Word> = properties.into_iter().map(|word| word.to_vec().try_into().unwrap()).collect();
		let object_type = b"malware".to_vec().try_into().unwrap();
		let requirement = Requirement { object_type, properties: words.try_into().unwrap() };
		Quality { requirements: vec![requirement].try_into().unwrap(), warning_lists: false }
	};
	assert!(with(vec![b"a", b"b"]).is_valid());
	assert!(!with(vec![b"b", b"a"]).is_valid() && !with(vec![]).is_valid() && !with(vec![b""]).is_valid());
	assert!(!Quality { warning_lists: true, ..Default::default() }.is_empty());
}

#[test]
fn properties_should_be_those_of_the_type() {
	let quality = quality(&["indicator:a,b", "malware:c"]);
	assert_eq!(quality.properties_of("indicator").collect::<Vec<_>>(), ["a", "b"]);
	assert_eq!(quality.properties_of("indicators").count(), 0);
}

#[test]
fn reliability_should_meet_what_is_not_better_and_f_no_more_than_e() {
	use Reliability::{A, B, C, D, E, F};
	let meeting = |least| [A, B, C, D, E, F].into_iter().filter(|own| own.meets(least)).collect::<Vec<_>>();
	assert_eq!(meeting(A), [A]);
	assert_eq!(meeting(C), [A, B, C]);
	assert_eq!(meeting(D), [A, B, C, D]);
	assert_eq!(meeting(E), [A, B, C, D, E, F]);
	assert_eq!(meeting(F), [A, B, C, D, E, F]);
}

fn list(name: &str, kind: &str, entries: &[&str]) -> WarningList {
	match ReadList::parse(name, kind, entries.iter().map(|entry| entry.to_string()).collect()).unwrap() {
		ReadList::List(list) => list,
		ReadList::Expressions(name) => panic!("{name} is a list of expressions"),
	}
}

#[test]
fn each_kind_of_list_should_find_what_it_means() {
	let lists = WarningLists::new(vec![
		list("values", "string", &["Google.com", "d41d8cd98f00b204e9800998ecf8427e", ""]),
		list("hosts", "hostname", &["example.org", ".bit.ly"]),
		list("parts", "substring", &["sandbox"]),
		list("networks", "cidr", &["10.0.0.0/8", "192.0.2.7", "2001:db8::/32", "0.0.0.0/32"]),
	]);
	let cases = [
		("google.COM", Some("values")),
		(" google.com ", Some("values")),
		("www.google.com", None),
		("D41D8CD98F00B204E9800998ECF8427E", Some("values")),
		("example.org", Some("hosts")),
		("a.b.example.org.", Some("hosts")),
		("notexample.org", None),
		("org", None),
		("https://user@a.example.org:8443/x?y#z", Some("hosts")),
		("http://evil.net/example.org", None),
		("mail@bit.ly", Some("hosts")),
		("my-sandbox-7", Some("parts")),
		("10.1.2.3", Some("networks")),
		("http://10.1.2.3:8080/a", Some("networks")),
		("http://[2001:db8::1]/", Some("networks")),
		("2001:db8:1::1", Some("networks")),
		("2001:db9::1", None),
		("192.0.2.7", Some("networks")),
		("192.0.2.8", None),
		("11.0.0.1", None),
		("::ffff:10.1.2.3", None),
		("0.0.0.0", Some("networks")),
		("", None),
	];
	for (value, expected) in cases {
		assert_eq!(lists.find(value), expected, "{value}");
	}
	assert_eq!(WarningLists::default().find("google.com"), None);
	assert!(WarningLists::default().is_empty() && !lists.is_empty());
}

#[test]
fn network_of_all_addresses_should_hold_all_of_its_family() {
	let lists = WarningLists::new(vec![list("all", "cidr", &["0.0.0.0/0"])]);
	assert_eq!((lists.find("203.0.113.9"), lists.find("2001:db8::1")), (Some("all"), None));
}

#[test]
fn files_should_be_read_and_their_mistakes_named() {
	let read = |text: &str| serde_json::from_str::<ReadList>(text).map_err(|error| error.to_string());
	let good = r#"{"name":"n","version":3,"description":"d","type":"cidr","list":["10.0.0.0/8"],"matching_attributes":["ip-src"]}"#;
	assert_eq!(read(good).unwrap(), ReadList::List(list("n", "cidr", &["10.0.0.0/8"])));
	let expressions = r#"{"name":"n","type":"regex","list":["/x/"]}"#;
	assert_eq!(read(expressions).unwrap(), ReadList::Expressions("n".into()));
	for (bad, named) in [
		(r#"{"name":"n","type":"cidr","list":["10.0.0"]}"#, "10.0.0"),
		(r#"{"name":"n","type":"prefix","list":[]}"#, "prefix"),
		(r#"{"name":"n","list":[]}"#, "type"),
		("[]", "invalid"),
	] {
		let error = read(bad).unwrap_err();
		assert!(error.contains(named), "{bad}: {error}");
	}
}
