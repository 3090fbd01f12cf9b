import CPKCS11
import Glibc
import Synchronization

/// A PKCS #11 module (OASIS PKCS #11 Base 2.40), loaded once and kept until the process ends.
package struct PKCS11Module: @unchecked Sendable {
    // The list lies in the module, which is never unloaded, and isn't written.
    let functions: CK_FUNCTION_LIST

    private static let loaded = Mutex<[String: PKCS11Module]>([:])

    /// Runs `body` in a session of its own, logged in as the user. One at a time: a login counts for the whole process.
    package static func withSession<Result: Sendable>(
        _ path: String, token label: String, pin: Secret, _ body: @Sendable (PKCS11Session) throws(KeyringError) -> Result
    ) throws(KeyringError) -> Result {
        try loaded.withLock { modules throws(KeyringError) in
            let module: PKCS11Module
            if let known = modules[path] {
                module = known
            } else {
                module = try load(path)
                modules[path] = module
            }
            let session = try PKCS11Session(module, slot: try module.slot(ofToken: label), pin: pin)
            defer { session.end() }
            return try body(session)
        }
    }

    private static func load(_ path: String) throws(KeyringError) -> PKCS11Module {
        // A bare name would be searched for along LD_LIBRARY_PATH.
        guard path.hasPrefix("/") else { throw .token("the module must be named by its absolute path") }
        guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL), let symbol = dlsym(library, "C_GetFunctionList") else {
            throw .token("\(path) is no PKCS#11 module that can be loaded here")
        }
        let getFunctionList = unsafeBitCast(symbol, to: CK_C_GetFunctionList.self)
        var list: UnsafeMutablePointer<CK_FUNCTION_LIST>?
        try check(getFunctionList(&list), "C_GetFunctionList")
        guard let list else { throw .token("\(path) has no functions") }
        let module = PKCS11Module(functions: list.pointee)
        var arguments = CK_C_INITIALIZE_ARGS()
        arguments.flags = CK_FLAGS(CKF_OS_LOCKING_OK)
        let code = try require(module.functions.C_Initialize)(&arguments)
        guard code == CKR_OK || code == CKR_CRYPTOKI_ALREADY_INITIALIZED else { throw error(code, "C_Initialize") }
        return module
    }

    /// The slot of the one token with this label.
    private func slot(ofToken label: String) throws(KeyringError) -> CK_SLOT_ID {
        let getSlotList = try Self.require(functions.C_GetSlotList)
        var count: UInt = 0
        try Self.check(getSlotList(1, nil, &count), "C_GetSlotList")
        var slots = [CK_SLOT_ID](repeating: 0, count: Int(min(count, 1024)))
        count = UInt(slots.count)
        try Self.check(getSlotList(1, &slots, &count), "C_GetSlotList")
        let getTokenInfo = try Self.require(functions.C_GetTokenInfo)
        var found: [CK_SLOT_ID] = []
        for slot in slots.prefix(Int(count)) {
            var info = CK_TOKEN_INFO()
            guard getTokenInfo(slot, &info) == CKR_OK else { continue }
            if withUnsafeBytes(of: info.label, { Self.unpadded($0) }) == Array(label.utf8) { found.append(slot) }
        }
        guard let slot = found.first else { throw .token("no token has the label '\(label)'") }
        guard found.count == 1 else { throw .token("\(found.count) tokens have the label '\(label)'") }
        return slot
    }

    /// A label is filled up with spaces to 32 bytes.
    private static func unpadded(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        Array(bytes.prefix((bytes.lastIndex { $0 != 0x20 } ?? -1) + 1))
    }

    static func require<Function>(_ function: Function?) throws(KeyringError) -> Function {
        guard let function else { throw .token("the module lacks a function that is needed") }
        return function
    }

    static func check(_ code: CK_RV, _ function: String) throws(KeyringError) {
        guard code == CKR_OK else { throw error(code, function) }
    }

    static func error(_ code: CK_RV, _ function: String) -> KeyringError {
        switch code {
        case UInt(CKR_PIN_INCORRECT), UInt(CKR_PIN_LEN_RANGE), UInt(CKR_PIN_INVALID):
            .token("the PIN is wrong; most tokens lock themselves after a few wrong ones")
        case UInt(CKR_PIN_LOCKED): .token("the PIN is locked; the token's security officer can set a new one")
        case UInt(CKR_DEVICE_REMOVED), UInt(CKR_TOKEN_NOT_PRESENT): .token("the token is not there any more")
        case UInt(CKR_MECHANISM_INVALID): .token("the token has no AES-GCM (CKM_AES_GCM), which wraps the KEK")
        default: .token("\(function) failed with 0x\(String(code, radix: 16))")
        }
    }
}
