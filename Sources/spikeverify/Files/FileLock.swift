import Foundation
import Synchronization

/// Keeps two runs from writing the same file: the second one is told so.
///
/// It is an advisory lock on an empty file beside it, and ends with the process, however that ends.
final class FileLock: Sendable {
    private let path: String
    private let descriptor: Int32
    private let isHeld = Atomic(true)

    /// - Throws: `FileLock.Held` where another process has it, `OutputError` where there can be no lock file.
    init(_ file: String) throws {
        let url = URL(fileURLWithPath: file)
        path = url.deletingLastPathComponent().appendingPathComponent(".\(url.lastPathComponent).lock").path
        while true {
            let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o666)
            guard descriptor >= 0 else { throw OutputError(path: path, code: errno) }
            if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
                let reason = errno
                if reason == EWOULDBLOCK {
                    close(descriptor)
                    throw Held(file: file)
                }
                // Some network file systems have no locks; a study can run there all the same.
            }
            if Self.isSame(descriptor, path) {
                self.descriptor = descriptor
                return
            }
            // Its last owner has removed it between the two calls.
            close(descriptor)
        }
    }

    deinit { release() }

    /// Lets others have it, and removes the file.
    func release() {
        guard isHeld.exchange(false, ordering: .relaxed) else { return }
        unlink(path)
        close(descriptor)
    }

    private static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
        var (opened, named) = (stat(), stat())
        return fstat(descriptor, &opened) == 0 && stat(path, &named) == 0 && opened.st_ino == named.st_ino
            && opened.st_dev == named.st_dev
    }

    struct Held: Error, CustomStringConvertible {
        var file: String

        var description: String {
            "\(file): another run is writing it; wait for its end, or choose another directory with --out"
        }
    }
}
