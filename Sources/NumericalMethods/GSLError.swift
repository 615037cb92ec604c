import CGSL

/// What GSL says when it cannot do something.
public enum GSLError: Error, CustomStringConvertible {
    case allocation
    case status(Int32)

    public var description: String {
        switch self {
        case .allocation: "GSL could not allocate memory"
        case .status(let code): "GSL: " + String(cString: gsl_strerror(code))
        }
    }

    /// Turns off, once, GSL's handler that aborts the program on an error.
    public static let throwInsteadOfAborting: Void = { _ = gsl_set_error_handler_off() }()

    /// - Throws: `GSLError.status` unless the code is GSL_SUCCESS.
    public static func check(_ code: Int32) throws(GSLError) {
        if code != 0 { throw GSLError.status(code) }
    }
}
