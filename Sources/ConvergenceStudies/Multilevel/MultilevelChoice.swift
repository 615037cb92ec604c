extension Study {
    /// What a study wants estimated by multilevel Monte Carlo.
    public struct MultilevelChoice: Hashable, Sendable {
        /// Paths of each level before their allocation is known, unless a study says otherwise.
        public static let usualPilot = 1024

        /// The name of an observable.
        public var observable: String
        /// Standard errors, in the unit of the observable; one estimate for each.
        public var accuracies: [Double]
        /// Paths of each level before their allocation is known, a multiple of 8.
        public var pilot: Int

        public init(observable: String, accuracies: [Double], pilot: Int = Self.usualPilot) {
            self.observable = observable
            self.accuracies = accuracies
            self.pilot = pilot
        }
    }
}
