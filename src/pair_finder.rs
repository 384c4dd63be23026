//! A finder that looks for two bytes of a needle at once, 16 places at a time, where the platform has vectors.

#[cfg(target_arch = "aarch64")]
pub(crate) use memchr::arch::aarch64::neon::packedpair::Finder as PairFinder;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(crate) use memchr::arch::wasm32::simd128::packedpair::Finder as PairFinder;
#[cfg(target_arch = "x86_64")]
pub(crate) use memchr::arch::x86_64::sse2::packedpair::Finder as PairFinder;
#[cfg(not(any(
    target_arch = "aarch64",
    target_arch = "x86_64",
    all(target_arch = "wasm32", target_feature = "simd128"),
)))]
pub(crate) use no_vectors::PairFinder;

/// For other platforms: there is never a finder.
#[allow(dead_code)] // Where there are vectors.
mod no_vectors {
    use memchr::arch::all::packedpair::Pair;

    #[derive(Clone, Copy)]
    pub(crate) enum PairFinder {}

    impl PairFinder {
        pub(crate) fn with_pair(_: &[u8], _: Pair) -> Option<Self> {
            None
        }

        pub(crate) fn min_haystack_len(&self) -> usize {
            match *self {}
        }

        pub(crate) fn find(&self, _: &[u8], _: &[u8]) -> Option<usize> {
            match *self {}
        }
    }
}
