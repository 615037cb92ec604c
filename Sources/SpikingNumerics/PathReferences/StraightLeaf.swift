/// Leaves of neurons whose V is smooth between spikes.
extension CellWalk {
    /// Takes a leaf of a smooth V: every piece of the path between events is straight, to far below rounding.
    mutating func passStraightLeaf(to end: (voltage: Double, current: Double), startTick: Int) {
        let (startTime, endTime) = times(ofLeafAt: startTick)
        var slope = (end.voltage - voltage) / (endTime - startTime)
        let currentSlope = (end.current - current) / (endTime - startTime)
        var time = startTime
        while time < endTime {
            let next = arrivals.last.map { max(time, min($0.time, endTime)) } ?? endTime
            let free = max(time, min(heldUntil, next))
            let height = voltage + slope * (next - free)
            if free < next, max(height, voltage) >= model.threshold {
                let rise = max(0, model.threshold - voltage)
                let crossing = rise > 0 ? min(next, free + rise / slope) : free
                current += currentSlope * (crossing - time)
                fire(
                    at: crossing, from: max(voltage, model.threshold), speed: crossingSpeed(slope: slope),
                    slope: &slope)
                time = crossing
            } else {
                voltage = height
                current += currentSlope * (next - time)
                time = next
                if time < endTime { receive(at: time, slope: &slope) }
            }
        }
    }

    /// All arrivals of one instant together; they may lift V over the threshold at once.
    mutating func receive(at time: Double, slope: inout Double) {
        while let arrival = arrivals.last, arrival.time <= time {
            arrivals.removeLast()
            switch arrival.jump {
            case .current:
                current += arrival.weight
                slope += arrival.weight
            case .drive:
                drive += arrival.weight
                slope += arrival.weight
            case .receptor(let k):
                let jump = arrival.weight * model.receptors.gains[Int(k)]
                if model.receptors.rises(Int(k)) {
                    receptors.rises[Int(k)] += jump
                } else {
                    receptors.currents[Int(k)] += jump
                    slope += jump
                }
            case .voltage where heldUntil <= time:
                voltage += arrival.weight
                slope -= arrival.weight / model.membraneTimeConstant
            case .voltage:
                break
            }
        }
        if voltage >= model.threshold, heldUntil <= time {
            fire(at: time, from: voltage, speed: .infinity, slope: &slope)
        }
    }

    /// dV/dt at the threshold.
    private func crossingSpeed(slope: Double) -> Double {
        let derivative = model.slope(voltage: model.threshold, current: current + drive + receptors.push)
        // At a tangential crossing rounding may leave no derivative, although the path still rose.
        return derivative > 0 ? derivative : max(slope, .leastNormalMagnitude)
    }

    mutating func fire(at time: Double, from height: Double, speed: Double, slope: inout Double) {
        spikes.append(Spike(time: time, crossingSpeed: speed))
        slope += (height - model.reset) / model.membraneTimeConstant
        voltage = model.reset
        if model.refractoryPeriod > 0 { heldUntil = time + model.refractoryPeriod }
    }
}
