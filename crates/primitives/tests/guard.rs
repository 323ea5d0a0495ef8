//! A member's own domains, networks and words are found however they are written, and nothing else is.

use cti_primitives::guard::{Network, OwnNames};

fn own() -> OwnNames {
	OwnNames {
		domains: vec!["bank.example".into()],
		networks: ["10.20.0.0/16", "192.0.2.7", "2001:db8::/32"].map(|network| network.parse().unwrap()).into(),
		words: vec!["Project Heron".into()],
	}
}

#[test]
fn own_names_should_be_found_however_they_are_written() {
	for text in [
		"bank.example",
		"MAIL.Bank.Example.",
		"[domain-name:value = 'vpn.bank.example']",
		"https://www.bank.example/login?x=1",
		"hxxps://www[.]bank[.]example/",
		"bank[dot]example",
		"mail(dot)bank{.}example",
		"bank[.example",
		"[url:value MATCHES 'bank\\.example/.*']",
		"[url:value MATCHES 'bank\\\\.example/.*']",
		"bank.example\\jane",
		"jane@bank.example",
		"bank.example:8443",
		"10.20.3.4",
		"[ipv4-addr:value = '10.20.255.255']",
		"http://10.20.3.4:8080/",
		"10[.]20[.]3[.]4",
		"10.0.0.0/8",
		"10.20.3.0/24",
		"192.0.2.7",
		"2001:db8::1",
		"2001:db8::",
		"2001:db8::/48",
		"from 2001:db8::1:",
		"[ipv6-addr:value = '2001:db8:1::2']",
		"seen while PROJECT heron ran",
		"10.20.1.1-10.20.1.9",
		"9.9.9.9-10.20.1.9:8443",
		"2001:db7::1-2001:db8::9",
		"host-10.20.3.4",
		"10.20.3.4_scan",
		"_10.20.3.4_",
		"-10.20.3.4-",
		"_vpn.bank.example_",
		"--bank.example--",
		"__bank.example.",
		"_sip._tcp.bank.example",
		"report_bank.example_2026",
		"https://bank.example_/",
		"Project\nHeron",
		"Project  Heron",
		"Project\u{a0}Heron",
		"project-heron",
		"Heron, Project",
		"https%3A%2F%2Fvpn.bank%2Eexample",
		"vpn.bank%252Eexample",
		"vpn.bank。example",
		"vpn.bank｡example",
		"bank .example",
		"bank．example",
		"ＢＡＮＫ.example",
		"[ipv4-addr:value LIKE '10.20.%']",
		"[ipv4-addr:value MATCHES '^10\\.20\\.']",
		"[ipv4-addr:value MATCHES '^10\\.20\\.3\\.']",
		"::ffff:0a14:0001",
		"::ffff:10.20.0.1",
	] {
		assert!(own().find(text).is_some(), "{text}");
	}
}

#[test]
fn other_names_should_pass() {
	for text in [
		"",
		"otherbank.example",
		"bank.example.com",
		"bank-example",
		"not-bank.example",
		"_not-bank.example_",
		"bank.example-login.com",
		"10.21.1.1-10.21.1.9",
		"10-20-3-4",
		"10_20_3_4",
		"10.21.3.4",
		"192.0.2.8",
		"2001:db9::1",
		"heron",
		"version 10.20",
		"version 10.21.",
		"heron of the project",
		"Project: a heron",
		"100% heron",
		"::ffff:0a15:0001",
		"T1059.001",
	] {
		assert_eq!(own().find(text), None, "{text}");
	}
	assert_eq!(OwnNames::default().find("bank.example 10.20.3.4"), None);
}

#[test]
fn networks_should_be_read_and_written_and_mistakes_named() {
	let network: Network = "10.20.0.0/16".parse().unwrap();
	assert_eq!(network.to_string(), "10.20.0.0/16");
	for wrong in ["", "10.20", "10.20.0.0/33", "2001:db8::/129", "10.20.0.0/x", "bank.example"] {
		assert!(wrong.parse::<Network>().unwrap_err().to_string().contains("no network"), "{wrong}");
	}
	let list: OwnNames = serde_json::from_str(r#"{"networks":["192.0.2.0/24"]}"#).unwrap();
	assert!(list.find("192.0.2.200").is_some());
	assert!(serde_json::from_str::<OwnNames>(r#"{"networks":["x"]}"#).is_err());
	assert!(serde_json::from_str::<OwnNames>(r#"{"netwoks":[]}"#).is_err());
}
