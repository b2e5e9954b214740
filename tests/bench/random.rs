//! Chance that is the same each time.

/// Numbers from a seed: xorshift64*, good enough to mix words.
pub struct Random(u64);

impl Random {
    /// Different seeds and different numbers give unrelated streams.
    pub fn new(seed: u64, number: usize) -> Self {
        let mixed = (seed ^ 0x9e37_79b9_7f4a_7c15).wrapping_add((number as u64).wrapping_mul(0xbf58_476d_1ce4_e5b9));
        let mut random = Random(mixed | 1);
        for _ in 0..4 {
            random.next();
        }
        random
    }

    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() >> 11) as usize % end
    }

    /// True as often as asked, in a hundred.
    pub fn percent(&mut self, often: usize) -> bool {
        self.below(100) < often
    }

    /// One of several.
    pub fn of<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }

    /// Between 0 and 1, without 1.
    pub fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}
