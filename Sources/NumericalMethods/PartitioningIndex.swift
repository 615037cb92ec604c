extension RandomAccessCollection {
    /// The first index whose element satisfies a predicate that, once satisfied, stays so; by bisection.
    @inlinable package func partitioningIndex(_ belongsInSecondPart: (Element) -> Bool) -> Index {
        var (low, count) = (startIndex, count)
        while count > 0 {
            let middle = index(low, offsetBy: count / 2)
            if belongsInSecondPart(self[middle]) {
                count /= 2
            } else {
                low = index(after: middle)
                count -= count / 2 + 1
            }
        }
        return low
    }
}
