//! Work on many items by several threads, with results that do not depend on how many there are.

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::thread;

/// Calls `work` with consecutive parts of `items`, one thread each, and the index at which each
/// part begins. The results come in the order of the parts.
pub(super) fn in_parts<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(usize, &[T]) -> R + Sync,
) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let size = items.len().div_ceil(threads).max(1);
    let work = &work;
    thread::scope(|scope| {
        let workers: Vec<_> = items
            .chunks(size)
            .enumerate()
            .map(|(part, items)| scope.spawn(move || work(part * size, items)))
            .collect();
        workers
            .into_iter()
            .map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_in_order_and_cover_everything() {
        for length in [0, 1, 2, 3, 100] {
            let items: Vec<usize> = (0..length).collect();
            let parts = in_parts(&items, |start, part| {
                assert_eq!(part.first(), Some(&start));
                part.to_vec()
            });
            assert_eq!(parts.concat(), items);
        }
    }
}
