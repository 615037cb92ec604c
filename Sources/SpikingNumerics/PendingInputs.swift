import DequeModule

/// What jumps will have done to each neuron by the end of each of its next steps.
struct PendingInputs {
    /// Added to (V, I) at the end of a step, and to μ from then on.
    struct Effect {
        var voltage, current, drive: Double
        /// The part of `voltage` that comes from a jump of V, and how long before the end of the step it was, in ms.
        var jump = 0.0
        var elapsed = 0.0
    }

    /// The sum of effects on eight paths.
    struct Letter {
        var voltage = Lanes.zero
        var current = Lanes.zero
        var drive = Lanes.zero
        /// Jumps of V, and how long before the end of the step the first of them was.
        var jump = Lanes.zero
        var elapsed = Lanes.zero
        var isBlank = true

        mutating func add(_ effect: Effect, lane: Int) {
            isBlank = false
            voltage[lane] += effect.voltage
            current[lane] += effect.current
            drive[lane] += effect.drive
            jump[lane] += effect.jump
            if effect.jump != 0 { elapsed[lane] = max(elapsed[lane], effect.elapsed) }
        }
    }

    private struct Box {
        /// The step that the first letter is for, counted from time 0.
        var firstStep = 0
        var letters: Deque<Letter> = []
    }

    private let hasAddress: [Bool]
    private var boxes: [Box]

    init(_ problem: Problem) {
        var hasAddress = problem.network.receivesInput
        for input in problem.inputs { for neuron in input.neurons { hasAddress[neuron] = true } }
        self.hasAddress = hasAddress
        boxes = .init(repeating: Box(), count: hasAddress.count)
    }

    /// Whether anything may ever come to a neuron.
    func reaches(_ neuron: Int) -> Bool { hasAddress[neuron] }

    mutating func clear() {
        for neuron in boxes.indices {
            boxes[neuron].firstStep = 0
            boxes[neuron].letters.removeAll(keepingCapacity: true)
        }
    }

    mutating func add(_ effect: Effect, neuron: Int, lane: Int, step: Int) {
        if boxes[neuron].letters.isEmpty { boxes[neuron].firstStep = step }
        while boxes[neuron].firstStep > step {
            boxes[neuron].letters.prepend(Letter())
            boxes[neuron].firstStep -= 1
        }
        let place = step - boxes[neuron].firstStep
        while boxes[neuron].letters.count <= place { boxes[neuron].letters.append(Letter()) }
        boxes[neuron].letters[place].add(effect, lane: lane)
    }

    /// The first step for which there is a letter; nil where there is none.
    mutating func nextStep(_ neuron: Int) -> Int? {
        while let first = boxes[neuron].letters.first {
            guard first.isBlank else { return boxes[neuron].firstStep }
            boxes[neuron].letters.removeFirst()
            boxes[neuron].firstStep += 1
        }
        return nil
    }

    /// The letter for a step, which is then forgotten; nil where there is none.  Steps are asked for in order.
    mutating func take(_ neuron: Int, step: Int) -> Letter? {
        guard boxes[neuron].firstStep == step, let letter = boxes[neuron].letters.popFirst() else {
            return nil
        }
        boxes[neuron].firstStep += 1
        return letter
    }
}
