import ConvergenceStudies

extension StudyRemark {
    /// With the key, as a sentence without its full stop.
    var sentence: String { "\(key): \(message)" }
}
