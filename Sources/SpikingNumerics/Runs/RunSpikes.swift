extension SpikeTrain {
    /// The spikes of one neuron in a run, seen from 0 to `duration` in ms.
    ///
    /// A spike in the last step may lie beyond the duration by rounding; it counts as one at the end.
    ///
    /// - Precondition: the spikes are in order of time, as those of a run are.
    public init(_ spikes: [Spike], duration: Double) {
        let times = spikes.map { min(max(0, $0.time), duration) }
        precondition(zip(times, times.dropFirst()).allSatisfy(<=), "a run's spikes are not in order of time")
        self.times = times
        window = 0...duration
    }
}

extension SpikeTrainPair {
    /// Two trains of a run's spikes, both seen from 0 to `duration` in ms.
    public init(_ first: [Spike], _ second: [Spike], duration: Double) {
        self.first = SpikeTrain(first, duration: duration)
        self.second = SpikeTrain(second, duration: duration)
    }
}
