import Foundation
import Subprocess
import Testing

extension CommandLineTests {
    /// The real programs that figures and pages are for.  Needs gnuplot, pdflatex with pgfplots, chromium, and a Python with
    /// vl-convert-python (its path in SPIKEVERIFY_PYTHON, or python3); with SPIKEVERIFY_SLOW=1 a missing one is a failure.
    /// SPIKEVERIFY_RENDERINGS names a folder to keep what was drawn, to be looked at.
    @Suite(
        "Rendering", .serialized, .enabled(if: ProcessInfo.processInfo.environment["SPIKEVERIFY_SLOW"] == "1")
    )
    struct RenderingTests {
        private static let study =
            SmallStudy.text.replacing(
                "[strong-final, count-mismatch]",
                with:
                    "[strong-final, {weak: cos-V}, {weak: spike-count}, count-mismatch, spike-times, lyapunov]"
            ).replacing("[euler-maruyama]", with: "[euler-maruyama, exact-propagator+hermite]")
            + "expect: [{measure: strong-final, integrator: euler-maruyama, order: 0.5, tolerance: 0.1}]\n"

        /// A folder with the figures of a study in one format.
        private static func figures(_ format: String) async throws -> (
            scratch: Scratch, folder: String, names: [String]
        ) {
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", study)
            _ = try await Tool.run("run", file, "--out", scratch.path, "--paths", "4096")
            let outcome = try await Tool.run(
                "report", scratch.path + "/small/result.json", "--format", format)
            #expect(outcome.code == 0, "\(outcome.errors)")
            let folder = scratch.path + "/small/figures"
            return (scratch, folder, try FileManager.default.contentsOfDirectory(atPath: folder).sorted())
        }

        private static func keep(_ folder: String, _ ending: String) throws {
            guard let target = ProcessInfo.processInfo.environment["SPIKEVERIFY_RENDERINGS"] else { return }
            for name in try FileManager.default.contentsOfDirectory(atPath: folder)
            where name.hasSuffix(ending) {
                try? FileManager.default.removeItem(atPath: target + "/" + name)
                try FileManager.default.copyItem(atPath: folder + "/" + name, toPath: target + "/" + name)
            }
        }

        @Test func gnuplot() async throws {
            let (scratch, folder, names) = try await Self.figures("gnuplot")
            defer { withExtendedLifetime(scratch) {} }
            let program = try #require(Tool.find("gnuplot"))
            let scripts = names.filter { $0.hasSuffix(".gp") }
            #expect(scripts.count > 8)
            for script in scripts {
                let outcome = try await Tool.run(program, [script], in: folder)
                #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(script): \(outcome.errors)")
                let pdf = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(script.dropLast(3)).pdf"))
                #expect(pdf.starts(with: Data("%PDF".utf8)) && pdf.count > 3000, "\(script)")
            }
            try Self.keep(folder, ".pdf")
        }

        @Test func pgfplots() async throws {
            let (scratch, folder, names) = try await Self.figures("pgfplots")
            defer { withExtendedLifetime(scratch) {} }
            let program = try #require(Tool.find("pdflatex"))
            let outcome = try await Tool.run(
                program, ["-interaction=nonstopmode", "-halt-on-error", "figures.tex"], in: folder)
            #expect(outcome.code == 0, "\(outcome.output.suffix(800))")
            #expect(outcome.output.contains("Output written on figures.pdf"))
            #expect(names.count { $0.hasSuffix(".dat") } > 8)
            try Self.keep(folder, "figures.pdf")
        }

        @Test func vegaLite() async throws {
            let (scratch, folder, names) = try await Self.figures("vega-lite")
            let script = try scratch.file(
                "render.py",
                """
                import sys, vl_convert
                for name in sys.argv[1:]:
                    with open(name) as f: picture = vl_convert.vegalite_to_png(f.read())
                    with open(name + ".png", "wb") as f: f.write(picture)
                """)
            let named = ProcessInfo.processInfo.environment["SPIKEVERIFY_PYTHON"]
            let python = try #require(named.map { .path(.init($0)) } ?? Tool.find("python3"))
            let outcome = try await Tool.run(python, [script] + names, in: folder)
            #expect(outcome.code == 0 && !outcome.errors.contains("WARN"), "\(outcome.errors.suffix(800))")
            for name in names {
                let size = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name).png")).count
                #expect(size > 4000, "\(name)")
            }
            try Self.keep(folder, ".png")
        }

        @Test("the page in a browser: light, dark, narrow and on paper")
        func chromium() async throws {
            let (scratch, _, _) = try await Self.figures("svg")
            let folder = scratch.path + "/small"
            let program = try #require(Tool.find("chromium"))
            let common = [
                "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                "--user-data-dir=\(scratch.path)/c",
            ]
            let page = "file://\(folder)/report.html"
            let dom = try await Tool.run(program, common + ["--dump-dom", page]).output
            #expect(
                dom.contains("class=\"verdict ")
                    && dom.contains("What would change my mind") == dom.contains("? inconclusive"))
            #expect(dom.contains("<svg") && !dom.contains("parsererror"))
            var pictures: [Data] = []
            for (name, options) in [
                ("light", ["--window-size=1280,2400"]),
                (
                    "dark",
                    [
                        "--window-size=1280,2400", "--force-dark-mode",
                        "--blink-settings=preferredColorScheme=0",
                    ]
                ),
                ("narrow", ["--window-size=500,2400"]),
            ] {
                let file = "\(folder)/page-\(name).png"
                _ = try await Tool.run(program, common + options + ["--screenshot=\(file)", page])
                pictures.append(try Data(contentsOf: URL(fileURLWithPath: file)))
            }
            #expect(Set(pictures).count == 3, "the three look different")
            let paper = "\(folder)/page-print.pdf"
            _ = try await Tool.run(program, common + ["--print-to-pdf=\(paper)", page])
            #expect(try Data(contentsOf: URL(fileURLWithPath: paper)).starts(with: Data("%PDF".utf8)))
            for name in ["page-light.png", "page-dark.png", "page-narrow.png", "page-print.pdf"] {
                try Self.keep(folder, name)
            }
        }
    }
}
