/// V of each neuron at the record points of a window.
///
/// They are written and read in every window by every run; arrays of arrays would be checked for unique reference each time.
struct VoltageRecords {
    private let neuronCount: Int
    /// Record points in the window.
    private(set) var count = 0
    private var capacity = 0
    private var voltages: UnsafeMutablePointer<Lanes>

    init(neuronCount: Int) {
        self.neuronCount = neuronCount
        voltages = .allocate(capacity: 0)
    }

    func deallocate() { voltages.deallocate() }

    /// Makes room for so many record points, whose voltages are undefined.
    mutating func begin(count: Int) {
        self.count = count
        guard count > capacity else { return }
        voltages.deallocate()
        capacity = count
        voltages = .allocate(capacity: neuronCount * capacity)
        voltages.initialize(repeating: .zero, count: neuronCount * capacity)
    }

    /// Those of a neuron, in order.
    subscript(neuron: Int) -> UnsafeMutableBufferPointer<Lanes> {
        UnsafeMutableBufferPointer(start: voltages + neuron * capacity, count: count)
    }

    var arrays: [[Lanes]] { (0..<neuronCount).map { Array(self[$0]) } }
}
