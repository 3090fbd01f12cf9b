import Cryptography
import Foundation

/// Asks a person for a secret on the terminal, without showing it.
enum PassphrasePrompt {
    /// Nil when there is no terminal to ask on.
    /// - Parameter twice: asked again, for a secret that nobody could correct later.
    static func ask(_ question: String, twice: Bool) throws -> Secret? {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
        guard terminal >= 0 else { return nil }
        defer { close(terminal) }
        var before = termios()
        guard tcgetattr(terminal, &before) == 0 else { return nil }
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO | ISIG)
        silent.c_lflag |= tcflag_t(ICANON)
        guard tcsetattr(terminal, TCSAFLUSH, &silent) == 0 else { return nil }
        defer { tcsetattr(terminal, TCSAFLUSH, &before) }
        guard let first = read(terminal, question) else { throw Failure.input("nothing was entered") }
        guard twice else { return first }
        guard let second = read(terminal, "\(question) again") else { throw Failure.input("nothing was entered") }
        let same = first.withBytes { first in second.withBytes { first.elementsEqual($0) } }
        guard same else { throw Failure.input("the two entries differ; nothing was changed") }
        return first
    }

    /// One line. Ctrl-C and Ctrl-D are read as the end of it: signals are off, so that the terminal never stays silent.
    private static func read(_ terminal: Int32, _ question: String) -> Secret? {
        func show(_ text: String) { _ = Array(text.utf8).withUnsafeBytes { write(terminal, $0.baseAddress, $0.count) } }
        show("\(question): ")
        defer { show("\n") }
        // A terminal's line has at most 4,096 bytes.
        let line = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 1)
        defer {
            if let base = line.baseAddress { explicit_bzero(base, line.count) }
            line.deallocate()
        }
        let count = Glibc.read(terminal, line.baseAddress, line.count)
        guard count > 0 else { return nil }
        let secret = Secret(line[..<count].prefix { $0 != 0x0A })
        let wasStopped = secret.withBytes { $0.contains(3) }
        return secret.count == 0 || wasStopped ? nil : secret
    }
}
