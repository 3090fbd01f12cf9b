import Datastores
import Glibc

/// Keeps a second run off a SQLite file: an empty file beside it, locked as long as a run lasts. The kernel lets go of the lock when the run is killed;
/// the file that stays behind then does no harm.
final class SQLiteRunLock {
    private let path: String
    private let descriptor: Int32

    /// - Throws: ``SealingError/anotherRun(_:)``, or a ``DatastoreError`` when the folder can't be written.
    init(_ target: SealTarget, table: String) throws {
        guard case .sqlite(let file) = target.location.place else { throw SealingError.unsupported("\(target.location): not a SQLite file") }
        // SQLite, too, names what it keeps beside a file by where a symbolic link leads.
        let resolved = realpath(file, nil)
        defer { free(resolved) }
        path = (resolved.map { String(cString: $0) } ?? file) + "-suwen"
        while true {
            let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard opened >= 0 else {
                throw DatastoreError(store: target.location.description, problem: .badFile("\(path): \(String(cString: strerror(errno)))", line: nil))
            }
            guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
                close(opened)
                throw SealingError.anotherRun(table)
            }
            // The run before may have taken the file away between the two calls: then this lock keeps nobody off.
            var (own, named) = (stat(), stat())
            if fstat(opened, &own) == 0, stat(path, &named) == 0, own.st_ino == named.st_ino, own.st_dev == named.st_dev {
                descriptor = opened
                return
            }
            close(opened)
        }
    }

    deinit {
        unlink(path)
        close(descriptor)
    }
}
