import Foundation

/// Where the tests' own checkout is.
package enum Repository {
    package static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
}
