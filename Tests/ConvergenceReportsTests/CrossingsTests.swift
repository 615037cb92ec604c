import ConvergenceReports
import ConvergenceStudies
import Testing

@Suite("The list of crossing speeds")
struct CrossingsTests {
    @Test("has a line for every spike, in numbers that read back")
    func lines() throws {
        var result = Synthetic.single
        result.crossings = [
            .init(path: 3, neuron: 0, time: 12.25, speed: 0.1),
            .init(path: 7, neuron: 2, time: 1, speed: 1e-9),
        ]
        #expect(
            try CrossingsReport().render(result)
                == "path,neuron,time,crossing_speed\n3,0,12.25,0.1\n7,2,1.0,1e-09\n")
    }

    @Test("is refused for a result that does not hold it")
    func missing() throws {
        let read = try JSONReport.decode(JSONReport().render(Synthetic.single))
        #expect(throws: ReportError.noCrossings) { try CrossingsReport().render(read) }
    }
}
