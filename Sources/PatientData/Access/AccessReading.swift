import Datastores
import Findings

/// What became of asking a store for its rights.
enum AccessReading: Sendable {
    /// Nobody asked, or the store could not be opened.
    case unasked
    case read(AccessRights)
    case failed(Message)

    /// Asks; a store that refuses is a result, too.
    static func of(_ store: any Datastore) -> AccessReading {
        do throws(DatastoreError) {
            return .read(try store.accessRights())
        } catch {
            return .failed(error.message)
        }
    }
}
