/// Leaves of neurons whose V is rough.
extension CellWalk where Bound == WhiteNoiseBound {
    /// Whether and when the path crosses is decided by its ends without what arrives in this leaf, so that a walk which knows of
    /// more arrivals finds the same spikes before them.  Between events V keeps to the chord, after a refractory period to its share
    /// of it.
    mutating func passRoughLeaf(to end: (voltage: Double, current: Double), startTick: Int) {
        let (startTime, endTime) = times(ofLeafAt: startTick)
        let width = endTime - startTime
        let currentSlope = (end.current - current) / width
        let chord = (end.voltage - voltage) / width
        var slope = chord
        var crossing: Double?
        if heldUntil <= startTime {
            if voltage >= model.threshold {
                fire(at: startTime, from: voltage, speed: .infinity, slope: &slope)
            } else {
                crossing = fraction(to: end.voltage, startTick: startTick).map { startTime + $0 * width }
            }
        }
        if heldUntil > startTime { slope = 0 }
        var time = startTime
        while time < endTime {
            let arrival = arrivals.last.map { max(time, $0.time) } ?? .infinity
            let release = heldUntil > time ? heldUntil : .infinity
            let next = min(arrival, crossing ?? .infinity, release, endTime)
            voltage += slope * (next - time)
            current += currentSlope * (next - time)
            time = next
            if release == time { slope = chord }
            if let instant = crossing, instant == time, arrival > time {
                crossing = nil
                cross(at: time, slope: &slope)
            } else if time < endTime {
                let spikesBefore = spikes.count
                receive(at: time, slope: &slope)
                if spikes.count > spikesBefore { crossing = nil }
            }
            if heldUntil > time { slope = 0 }
        }
    }

    /// When the path crosses, as a fraction of the leaf.
    private func fraction(to end: Double, startTick: Int) -> Double? {
        let (rootCell, rest) = startTick.quotientAndRemainder(dividingBy: TimeGrid.ticksPerRootCell)
        let dice = source.dice(
            lane: lane, rootCell: rootCell, leaf: rest / TimeGrid.ticks(level: leafLevel))
        return bounds[leafLevel].crossing(from: voltage, to: end, dice: dice)
    }

    /// V goes on from where it is, a reset lower: on the line between the leaf's ends it need not be at the threshold.
    private mutating func cross(at time: Double, slope: inout Double) {
        let lowered = voltage - model.resetHeight
        fire(at: time, from: model.threshold, speed: .infinity, slope: &slope)
        if model.refractoryPeriod == 0 { voltage = lowered }
    }
}
