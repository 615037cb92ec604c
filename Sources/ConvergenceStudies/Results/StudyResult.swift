/// Everything a study found, in the shape of `result.json`.
///
/// The fields of `Row`, `Order`, `Scalar` and `Header` are a contract with scripts outside this project: they
/// may be added to but not renamed.
public struct StudyResult: Codable, Equatable, Sendable {
    public var header: Header
    public var rows: [Row]
    public var orders: [Order]
    public var scalars: [Scalar]
    /// Histograms of spike-time errors and crossing speeds.
    public var distributions: [Distribution]
    /// One path drawn exactly and by an integrator, for the report's picture.
    public var samplePath: SamplePath?
    /// The reference's spikes of the first paths, as many as fit the limit of `Crossing`; empty unless spike times are
    /// measured.  They go to a file of their own, not into `result.json`.
    public var crossings: [Crossing] = []
    /// Nil where the study has none.
    public var curves: [Curve]?
    /// One for each integrator and accuracy; nil where the study asks for none.
    public var multilevel: [MultilevelEstimate]?
    /// What became of every expectation, in the order of the study file.
    public var checks: [Check] = []
    /// How the probability of a false alarm was divided; nil where nothing was expected.
    public var errorBudget: ErrorBudget?
    /// The moments behind the rows, one per order, for baselines; empty in a result read from `result.json`.
    public var samples: [SeriesSample] = []

    public init(
        header: Header, rows: [Row], orders: [Order], scalars: [Scalar],
        distributions: [Distribution] = [], samplePath: SamplePath? = nil
    ) {
        self.header = header
        self.rows = rows
        self.orders = orders
        self.scalars = scalars
        self.distributions = distributions
        self.samplePath = samplePath
    }

    enum CodingKeys: String, CodingKey {
        case header, rows, orders, scalars, distributions, curves, checks, multilevel
        case samplePath = "sample_path"
        case errorBudget = "error_budget"
    }

    /// Results of earlier versions have no checks.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        header = try container.decode(Header.self, forKey: .header)
        rows = try container.decode([Row].self, forKey: .rows)
        orders = try container.decode([Order].self, forKey: .orders)
        scalars = try container.decode([Scalar].self, forKey: .scalars)
        distributions = try container.decode([Distribution].self, forKey: .distributions)
        samplePath = try container.decodeIfPresent(SamplePath.self, forKey: .samplePath)
        curves = try container.decodeIfPresent([Curve].self, forKey: .curves)
        multilevel = try container.decodeIfPresent([MultilevelEstimate].self, forKey: .multilevel)
        checks = try container.decodeIfPresent([Check].self, forKey: .checks) ?? []
        errorBudget = try container.decodeIfPresent(ErrorBudget.self, forKey: .errorBudget)
    }
}
