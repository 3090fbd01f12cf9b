import LogFormats

/// The shapes of paths that were asked for: `/api/patients/{id}`. Bounded; what comes after is judged anew each time and has no text.
struct ShapeTable: Sendable {
    private struct Shape: Sendable {
        var text: String
        var flags: EventFlags
        var requests: Int
    }

    private static let limit = 8_192
    /// A word that was asked for a few times only may be a person's name in a path; it isn't shown.
    private static let shownFrom = 20

    private var shapes: [Shape] = []
    private var byHash: [UInt64: Int] = [:]
    private var lastHash: UInt64 = 0
    private var lastIndex = -1

    /// What the path's words say.
    @inline(__always)
    mutating func flags(of target: RequestTarget, _ text: UnsafeRawBufferPointer) -> EventFlags {
        if target.shapeHash != lastHash || lastIndex < 0 {
            guard let index = byHash[target.shapeHash] ?? insert(target, text) else { return PathKind(text, target.path).flags }
            (lastHash, lastIndex) = (target.shapeHash, index)
        }
        shapes[lastIndex].requests += 1
        return shapes[lastIndex].flags
    }

    private mutating func insert(_ target: RequestTarget, _ text: UnsafeRawBufferPointer) -> Int? {
        guard shapes.count < Self.limit else { return nil }
        let kind = PathKind(text, target.path)
        byHash[target.shapeHash] = shapes.count
        shapes.append(Shape(text: kind.shape, flags: kind.flags, requests: 0))
        return shapes.count - 1
    }

    mutating func merge(_ other: ShapeTable) {
        for (hash, index) in other.byHash {
            if let place = byHash[hash] {
                shapes[place].requests += other.shapes[index].requests
            } else if shapes.count < Self.limit {
                byHash[hash] = shapes.count
                shapes.append(other.shapes[index])
            }
        }
    }

    /// By hash; rare ones are left out.
    var texts: [UInt64: String] {
        byHash.compactMapValues { shapes[$0].requests >= Self.shownFrom ? shapes[$0].text : nil }
    }
}
