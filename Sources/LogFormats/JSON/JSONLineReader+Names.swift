extension JSONLineReader {
    /// Whether the member at `index` is reached by this dotted path from the top: `attr.command.find`. Elements of arrays have no name of their own,
    /// and are reached by none.
    package func isReached(_ index: Int, by path: StaticString) -> Bool {
        let path = UnsafeRawBufferPointer(start: path.utf8Start, count: path.utf8CodeUnitCount)
        var end = path.count
        var index = index
        while entries.indices.contains(index), !entries[index].key.isNone {
            let key = bytes(of: entries[index].key)
            guard key.count <= end, key.equals(path.part((end - key.count)..<end)) else { return false }
            end -= key.count
            index = Int(entries[index].parent)
            if index < 0 { return end == 0 }
            guard end > 0, path[end - 1] == 0x2E else { return false }
            end -= 1
        }
        return false
    }

    /// The member of the object at `parent` (-1 for the top) with this name, the first when there are more: a name that is written again behind
    /// the server's own does not take its place.
    package func member(_ name: StaticString, of parent: Int = -1) -> Int? {
        guard parent >= -1, parent < entries.count else { return nil }
        for index in (parent + 1)..<entries.count {
            let entry = entries[index]
            if Int(entry.parent) < parent { return nil }
            if Int(entry.parent) == parent, !entry.key.isNone, bytes(of: entry.key).equals(name) { return index }
        }
        return nil
    }

    /// The names from the top, joined by dots; elements of arrays go by the array's name. ``Span/none`` when the paths of this line have used up
    /// their room.
    package mutating func path(of index: Int) -> Span {
        guard entries.indices.contains(index) else { return .none }
        if entries[index].parent < 0 { return entries[index].key }
        startScratch()
        var length = -1
        var link = index
        while entries.indices.contains(link) {
            if !entries[link].key.isNone { length += Int(entries[link].key.count) + 1 }
            link = Int(entries[link].parent)
        }
        guard length >= 0, let start = scratch.extend(by: length) else { return .none }
        var end = start + length
        link = index
        while entries.indices.contains(link) {
            let key = entries[link].key
            if !key.isNone {
                end -= Int(key.count)
                scratch.copy(key.range, to: end)
                if end > start {
                    end -= 1
                    scratch.set(0x2E, at: end)
                }
            }
            link = Int(entries[link].parent)
        }
        return Span(start, length)
    }

    /// Adds the leaves to the event's fields, named by their paths, up to ``LogEvent/fieldLimit``, and makes ``text`` the event's.
    package mutating func addFields(to event: inout LogEvent) {
        for index in entries.indices {
            guard event.fields.count < LogEvent.fieldLimit else { break }
            let entry = entries[index]
            guard entry.kind != .object, entry.kind != .array, entry.kind != .null else { continue }
            let name = path(of: index)
            if !name.isNone { event.fields.append(LogEvent.Field(name: name, value: entry.value)) }
        }
        event.text = text
    }
}
