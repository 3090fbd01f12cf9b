import CGcrypt

/// libgcrypt must be initialised once per process before anything else is asked of it (its manual, "Initializing the library").
enum Libgcrypt {
    static let ready: Bool = {
        guard gcry_check_version(nil) != nil else { return false }
        return suwen_gcry_finish_initialization() == 0
    }()
}
