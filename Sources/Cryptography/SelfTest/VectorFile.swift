package import Foundation

/// A file of test vectors in the format of Project Wycheproof (its `testvectors_v1`), as far as the algorithms need it that Suwen uses.
package struct VectorFile: Decodable, Sendable {
    /// `AES-GCM`, `SM4-GCM`, `HKDF-SHA-256`, `HMACSHA256`, `HMACSM3`, `AES-FF1`; others are skipped as a whole.
    let algorithm: String
    let testGroups: [Group]

    struct Group: Decodable, Sendable {
        let ivSize: Int?
        let keySize: Int?
        let tagSize: Int?
        let radix: Int?
        let alphabet: String?
        let tests: [Vector]
    }

    struct Vector: Decodable, Sendable {
        let tcId: Int
        let result: Expectation
        let key: String?
        let iv: String?
        let aad: String?
        let msg: Text?
        let ct: Text?
        let tag: String?
        let ikm: String?
        let salt: String?
        let info: String?
        let size: Int?
        let okm: String?
        let tweak: String?
    }

    enum Expectation: String, Decodable {
        /// Must be computed, or opened.
        case valid
        /// Must be refused.
        case invalid
        /// Either is right.
        case acceptable
    }

    /// Hexadecimal digits or characters of an alphabet; FF1's files with a radix have lists of numbers instead.
    enum Text: Decodable, Sendable {
        case string(String)
        case numerals([Int])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let string = try? container.decode(String.self) {
                self = .string(string)
            } else {
                self = .numerals(try container.decode([Int].self))
            }
        }
    }

    /// Nil when it isn't such a file.
    package init?(_ data: Data) {
        guard let file = try? JSONDecoder().decode(VectorFile.self, from: data) else { return nil }
        self = file
    }
}

/// What came of a file's vectors.
package struct VectorResults: Hashable, Sendable {
    package var passed = 0
    /// Vectors that this program computes wrongly, or accepts though they are invalid: their numbers in the file.
    package var failed: [Int] = []
    /// How many vectors weren't run, by the reason.
    package var skipped: [String: Int] = [:]

    package init() {}
}
