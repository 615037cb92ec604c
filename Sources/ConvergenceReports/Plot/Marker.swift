import Foundation

/// Shapes of about equal area that differ without colour.
enum Marker: CaseIterable {
    case circle, square, diamond, triangle, invertedTriangle, hexagon

    /// The outline around the origin, as SVG path data, for a circle of radius `radius`.
    func path(radius: Double, at x: Double, _ y: Double) -> String {
        switch self {
        case .circle:
            let start = "\(Numbers.coordinate(x - radius)),\(Numbers.coordinate(y))"
            let size = Numbers.coordinate(radius)
            let across = Numbers.coordinate(2 * radius)
            return "M\(start)a\(size),\(size) 0 1 0 \(across),0a\(size),\(size) 0 1 0 -\(across),0Z"
        case .square: return polygon(corners: 4, turn: .pi / 4, radius: 1.25 * radius, x, y)
        case .diamond: return polygon(corners: 4, turn: 0, radius: 1.35 * radius, x, y)
        case .triangle: return polygon(corners: 3, turn: -.pi / 2, radius: 1.45 * radius, x, y)
        case .invertedTriangle: return polygon(corners: 3, turn: .pi / 2, radius: 1.45 * radius, x, y)
        case .hexagon: return polygon(corners: 6, turn: 0, radius: 1.15 * radius, x, y)
        }
    }

    private func polygon(corners: Int, turn: Double, radius: Double, _ x: Double, _ y: Double) -> String {
        let points = (0..<corners).map { corner in
            let angle = turn + 2 * .pi * Double(corner) / Double(corners)
            return Numbers.coordinate(x + radius * cos(angle)) + ","
                + Numbers.coordinate(y + radius * sin(angle))
        }
        return "M" + points.joined(separator: "L") + "Z"
    }
}
