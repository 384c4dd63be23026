//! Tables: rows of cells, of which one says who speaks and one what is said.

pub mod cells;
pub mod columns;
pub mod dialect;
pub mod rows;
pub mod speakers;
pub mod stamps;
pub mod times;
