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
    ///
    /// Their names hold nothing but letters, digits, hyphens and dots, whatever the result says.
    public static func files(_ format: any FigureFormat, of result: StudyResult) -> [FigureFile] {
        let unit = VoltageUnit(result.header)
        let plots = FigureCollection.all(of: result).map { plot in
            var plot = unit.shown(plot)
            plot.identifier = plot.identifier.replacing(#/[^A-Za-z0-9.-]/#, with: "-")
            return plot
        }
        return format.files(of: plots)
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
