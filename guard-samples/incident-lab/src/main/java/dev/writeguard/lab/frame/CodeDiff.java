package dev.writeguard.lab.frame;

import java.util.ArrayList;
import java.util.List;

/**
 * Two pieces of code with what differs marked: the fewest lines possible.
 *
 * @param left the lines of the first
 * @param right the lines of the second
 */
public record CodeDiff(List<Line> left, List<Line> right) {

    /**
     * One line.
     *
     * @param changed whether the other side does not have it
     */
    public record Line(String text, boolean changed) {}

    public CodeDiff {
        left = List.copyOf(left);
        right = List.copyOf(right);
    }

    public static CodeDiff of(List<String> left, List<String> right) {
        int[][] common = commonLines(left, right);
        List<Line> leftLines = new ArrayList<>();
        List<Line> rightLines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < left.size() || j < right.size()) {
            if (i < left.size() && j < right.size() && left.get(i).equals(right.get(j))) {
                leftLines.add(new Line(left.get(i++), false));
                rightLines.add(new Line(right.get(j++), false));
            } else if (j == right.size() || (i < left.size() && common[i + 1][j] >= common[i][j + 1])) {
                leftLines.add(new Line(left.get(i++), true));
            } else {
                rightLines.add(new Line(right.get(j++), true));
            }
        }
        return new CodeDiff(leftLines, rightLines);
    }

    /** The length of the longest common subsequence from each pair of positions on. */
    private static int[][] commonLines(List<String> left, List<String> right) {
        int[][] common = new int[left.size() + 1][right.size() + 1];
        for (int i = left.size() - 1; i >= 0; i--) {
            for (int j = right.size() - 1; j >= 0; j--) {
                common[i][j] = left.get(i).equals(right.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
