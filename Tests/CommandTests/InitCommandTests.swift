import Foundation
import TestSupport
import Testing

extension CommandLineTests {
    @Suite("Beginning with a solver of one's own")
    struct InitCommandTests {
        @Test("writes a solver, a study of it and a workflow, and nothing over what is there")
        func files() async throws {
            let scratch = try Scratch()
            let folder = scratch.path + "/new"
            let first = try await Tool.run("init", "--solver", "python", folder)
            #expect(first.code == 0, "\(first.errors)")
            for name in ["solver.py", "study.yaml", ".github/workflows/accuracy.yml"] {
                let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
                #expect(text.count > 500 && first.output.contains(name))
            }
            let study = try String(contentsOfFile: folder + "/study.yaml", encoding: .utf8)
            #expect(
                study.contains("[python3, solver.py,") && !study.contains("numpy/")
                    && !study.contains("template"))
            let again = try await Tool.run("init", folder)
            #expect(
                again.code == 64
                    && again.errors.contains("solver.py: is there already, so nothing was written"))
        }

        @Test("what it writes passes", .enabled(if: NumPy.python != nil, "needs NumPy"))
        func passes() async throws {
            let scratch = try Scratch()
            #expect(try await Tool.run("init", scratch.path + "/new").code == 0)
            let check = try await Tool.shell(
                "cd '\(scratch.path)/new' && $tool check study.yaml --paths 1024")
            #expect(
                check.output.contains("my-solver") && check.code != 3 && check.code != 1,
                "\(check.output) \(check.errors)")
        }
    }
}
