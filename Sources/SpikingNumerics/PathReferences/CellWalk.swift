import CLanes

/// One neuron's way, on one path, through cells that may hold spikes, arrivals or the end of a refractory period.
package struct CellWalk<Bound: CellBound> {
    /// One propagator with its bound per level of the tree; the run's.
    let bounds: UnsafePointer<Bound>
    /// The cells that are not split any more.
    let leafLevel: Int
    /// One per level; the run's.  Nil for neurons without receptors.
    let receptorCells: UnsafePointer<ReceptorCell>?
    /// The neuron's; the run's.
    let models: UnsafePointer<NeuronModel>
    let grid: TimeGrid
    let splitter: CellSplitter
    /// What names the path's noise, but for the root cell.
    let source: NoiseWindow.Source
    /// Of the root cell in which the walk is.
    let stream: BrownianTree.Stream
    let lane: Int

    var voltage: Double
    var current: Double
    var receptors: ReceptorCurrents
    /// What has been added to μ, V-units/ms.
    var drive: Double
    /// End of the refractory period, ms.
    var heldUntil: Double
    /// The latest first, so that the next one is taken from the end.
    var arrivals: [Arrival]
    /// What the walk has found so far.
    var spikes: [Spike] = []
    /// How many cells it had to split.
    var splitCells = 0

    var model: NeuronModel {
        @inline(__always) get { models.pointee }
    }

    /// Passes a cell; splits it by the tree wherever something may happen inside that matters for V.
    ///
    /// - Parameter noise: The cell's functionals.
    mutating func pass(level: Int, index: Int, startTick: Int, noise: UnsafePointer<Lanes>) {
        let bound = bounds + level
        let startTime = grid.time(startTick)
        let endTime = grid.time(startTick + TimeGrid.ticks(level: level))
        var (push, lift, receptorsAtEnd) = (0.0, 0.0, receptors)
        if let receptorCells {
            push = receptors.push
            lift = receptorCells[level].lift(receptors)
        }
        var end = bound.pointee.propagate(
            voltage: voltage, current: current, drive: drive + push, noise: noise, lane: lane)
        if let receptorCells { end.voltage += receptorsAtEnd.advance(receptorCells[level].steps) }
        let input =
            arrivals.isEmpty ? ArrivalEffect() : ArrivalEffect(of: arrivals, before: endTime, on: model)
        if heldUntil >= endTime {
            voltage = model.reset
            finishCell(current: end.current, receptorsAtEnd, input)
        } else if heldUntil <= startTime,
            bound.pointee.staysBelow(
                from: (voltage, current), to: end, drive: drive + push, lift: input.highest + lift)
        {
            voltage = end.voltage + input.voltage
            finishCell(current: end.current, receptorsAtEnd, input)
        } else if level == leafLevel {
            // In so short a time they do not change.
            receptors = receptorsAtEnd
            Bound.passLeaf(&self, to: end, startTick: startTick)
        } else {
            splitCells += 1
            withUnsafeTemporaryAllocation(of: Lanes.self, capacity: 2 * Int(FUNCTIONALS)) { halves in
                let (left, right) = (halves.baseAddress!, halves.baseAddress! + Int(FUNCTIONALS))
                splitter.split(stream, level: level, index: index, whole: noise, left: left, right: right)
                pass(level: level + 1, index: 2 * index, startTick: startTick, noise: left)
                pass(
                    level: level + 1, index: 2 * index + 1,
                    startTick: startTick + TimeGrid.ticks(level: level + 1), noise: right)
            }
        }
    }

    private mutating func finishCell(
        current end: Double, _ receptorsAtEnd: ReceptorCurrents, _ effect: ArrivalEffect
    ) {
        current = end + effect.current
        if receptorCells != nil {
            receptors = receptorsAtEnd
            receptors += effect.receptors
        }
        drive += effect.drive
        if effect.count > 0 { arrivals.removeLast(effect.count) }
    }

    func times(ofLeafAt startTick: Int) -> (start: Double, end: Double) {
        (grid.time(startTick), grid.time(startTick + TimeGrid.ticks(level: leafLevel)))
    }
}
