/// The shapes of paths that were asked for: `/api/patients/{id}`. Bounded; what comes after is `other`.
struct ShapeTable: Sendable {
    struct Shape: Sendable {
        var hash: UInt64
        var text: String
        /// Whether data is served there, rather than pages and their parts.
        var isData: Bool
        var isStatic: Bool
        var requests: Int
    }

    /// The shape of everything beyond the bound.
    static let other: UInt16 = 0
    private static let limit = 8_192

    private(set) var shapes: [Shape] = [Shape(hash: 0, text: "/…", isData: false, isStatic: false, requests: 0)]
    private var byHash: [UInt64: UInt16] = [:]
    private var lastHash: UInt64 = 0
    private var lastIndex: UInt16 = 0

    @inline(__always)
    mutating func index(of target: RequestTarget, _ line: UnsafeRawBufferPointer) -> UInt16 {
        if target.shapeHash != lastHash || shapes.count == 1 {
            lastIndex = byHash[target.shapeHash] ?? insert(target, line)
            lastHash = target.shapeHash
        }
        shapes[Int(lastIndex)].requests += 1
        return lastIndex
    }

    private mutating func insert(_ target: RequestTarget, _ line: UnsafeRawBufferPointer) -> UInt16 {
        guard shapes.count < Self.limit else { return Self.other }
        let kind = PathKind(line, target.path)
        return add(Shape(hash: target.shapeHash, text: kind.shape, isData: kind.isData, isStatic: kind.isStatic, requests: 0))
    }

    private mutating func add(_ shape: Shape) -> UInt16 {
        let index = UInt16(truncatingIfNeeded: shapes.count)
        shapes.append(shape)
        byHash[shape.hash] = index
        return index
    }

    /// Gives the place of each of the other's shapes in this table.
    mutating func merge(_ other: ShapeTable) -> [UInt16] {
        other.shapes.enumerated().map { index, shape in
            if index == 0 {
                shapes[0].requests += shape.requests
                return 0
            }
            let place = byHash[shape.hash] ?? (shapes.count < Self.limit ? add(shapeWithoutRequests(shape)) : Self.other)
            shapes[Int(place)].requests += shape.requests
            return place
        }
    }

    private func shapeWithoutRequests(_ shape: Shape) -> Shape {
        var shape = shape
        shape.requests = 0
        return shape
    }

    /// A word that was asked for a few times only may be a person's name in a path; it isn't shown.
    func evidence(_ index: UInt16) -> String {
        let shape = shapes[Int(index)]
        return shape.requests >= 20 ? shape.text : shapes[0].text
    }
}
