//! The kiosk, driven through `step` alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bind;
mod bind_media;
mod bind_pages;
mod bind_people;
mod bind_regions;
mod bind_swap;
mod care;
mod desk;
mod document;
mod factors;
mod families;
mod faults;
mod good_path;
mod hall;
mod help;
mod lists;
mod media;
mod members;
mod pay;
mod persons;
mod printing;
mod random;
mod reader;
mod second;
mod staff;
mod table;
mod time;
mod typed;
mod writes;
