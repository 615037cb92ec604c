import ConvergenceStudies

/// Every report format there is.
public enum ReportCatalogue {
    public static let formats: [any ReportFormat] = [
        HTMLReport(),
        CSVReport(),
        OrdersCSVReport(),
        ScalarsCSVReport(),
        CrossingsReport(),
        JSONReport(),
        TerminalReport(),
        TerminalReport(.tables),
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
    /// - Parameter names: Which of `figures(of:)`; nil for all.
    public static func files(
        _ format: any FigureFormat, of result: StudyResult, named names: [String]? = nil
    ) -> [FigureFile] {
        format.files(of: plots(of: result).filter { names?.contains($0.identifier) ?? true })
    }

    /// The names of a result's figures, in the order of the page.
    public static func figures(of result: StudyResult) -> [String] {
        plots(of: result).map(\.identifier)
    }

    /// Their names hold nothing but letters, digits, hyphens and dots, whatever the result says.
    private static func plots(of result: StudyResult) -> [Plot] {
        let unit = VoltageUnit(result.header)
        return FigureCollection.all(of: result).map { plot in
            var plot = unit.shown(plot)
            plot.identifier = plot.identifier.replacing(#/[^A-Za-z0-9.-]/#, with: "-")
            return plot
        }
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
