import ConvergenceStudies

/// Every report format there is.
public enum ReportCatalogue {
    public static let formats: [any ReportFormat] = [
        HTMLReport(),
        CSVReport(),
        CrossingsReport(),
        JSONReport(),
        TerminalReport(),
    ]

    /// Every way of writing figures for other programs.
    public static let figureFormats: [any FigureFormat] = [
        FigureCSV(),
        StandaloneSVG(),
        Pgfplots(),
        Gnuplot(),
        VegaLite(),
    ]

    /// Where the files of figure formats lie, beside those of the other formats.
    public static let figureFolder = "figures"

    /// The files of the page's figures in one of these formats; empty for a result without figures.
    public static func files(_ format: any FigureFormat, of result: StudyResult) -> [FigureFile] {
        format.files(of: FigureCollection.all(of: result))
    }

    /// The format of figures that `--format` calls `name`, or nil.
    public static func figureFormat(named name: String) -> (any FigureFormat)? {
        figureFormats.first { $0.name == name }
    }

    /// The format that `--format` calls `name`, or nil.
    public static func format(named name: String) -> (any ReportFormat)? {
        formats.first { $0.name == name }
    }
}
