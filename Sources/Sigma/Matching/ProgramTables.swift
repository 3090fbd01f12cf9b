import Network
import Patterns

/// A program's tables at fixed addresses, shared by all threads.
package final class ProgramTables: @unchecked Sendable {
    package let steps: UnsafeMutablePointer<SigmaProgram.Step>
    package let tests: UnsafeMutablePointer<SigmaProgram.Test>
    let patterns: UnsafeMutablePointer<SigmaProgram.Pattern>
    let segments: UnsafeMutablePointer<SigmaProgram.Segment>
    let pieces: UnsafeMutablePointer<SigmaProgram.Piece>
    let bytes: UnsafeMutablePointer<UInt8>
    let names: UnsafeMutablePointer<SigmaProgram.Name>
    let networks: UnsafeMutablePointer<CIDR>
    let expressions: [PatternExpression]
    private let release: [() -> Void]

    init(_ program: SigmaProgram) {
        var release: [() -> Void] = []
        func copy<Element>(_ array: [Element]) -> UnsafeMutablePointer<Element> {
            let pointer = UnsafeMutablePointer<Element>.allocate(capacity: max(1, array.count))
            _ = UnsafeMutableBufferPointer(start: pointer, count: array.count).initialize(from: array)
            let count = array.count
            release.append {
                pointer.deinitialize(count: count)
                pointer.deallocate()
            }
            return pointer
        }
        steps = copy(program.steps)
        tests = copy(program.tests)
        patterns = copy(program.patterns)
        segments = copy(program.segments)
        pieces = copy(program.pieces)
        bytes = copy(program.bytes)
        names = copy(program.names)
        networks = copy(program.networks)
        expressions = program.expressions
        self.release = release
    }

    deinit { for body in release { body() } }

    package func name(_ field: UInt16) -> UnsafeRawBufferPointer {
        let name = names[Int(field - SigmaProgram.firstName)]
        return UnsafeRawBufferPointer(start: bytes + Int(name.offset), count: Int(name.count))
    }
}
