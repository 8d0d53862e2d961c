/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.activedataflow.flink.connector.recordfile.source.reader;

import org.apache.flink.annotation.Internal;

import java.util.Arrays;

/**
 * Where, in a compressed file as it is stored, the bytes of its content are found. Offsets are
 * asked for in ascending order, mostly. Not thread-safe.
 */
@Internal
final class MemberMap {

    private int count;
    private long[] contentOffsets = new long[4];
    private long[] memberOffsets = new long[4];
    private long[] offsetsInMembers = new long[4];
    private int current;

    void clear() {
        count = 0;
        current = 0;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Notes that the content from an offset on lies in a member. Ascending. */
    void add(long contentOffset, long memberOffset, long offsetInMember) {
        if (count > 0 && memberOffsets[count - 1] == memberOffset) {
            return;
        }
        if (count == contentOffsets.length) {
            contentOffsets = Arrays.copyOf(contentOffsets, 2 * count);
            memberOffsets = Arrays.copyOf(memberOffsets, 2 * count);
            offsetsInMembers = Arrays.copyOf(offsetsInMembers, 2 * count);
        }
        contentOffsets[count] = contentOffset;
        memberOffsets[count] = memberOffset;
        offsetsInMembers[count++] = offsetInMember;
    }

    /** Becomes what another map says of an offset and all behind it. */
    void copyFrom(MemberMap other, long offset) {
        clear();
        if (other.count > 0) {
            for (int i = other.find(offset); i < other.count; i++) {
                add(other.contentOffsets[i], other.memberOffsets[i], other.offsetsInMembers[i]);
            }
        }
    }

    long memberOffset(long offset) {
        return count == 0 ? 0 : memberOffsets[find(offset)];
    }

    long offsetInMember(long offset) {
        if (count == 0) {
            return offset;
        }
        int member = find(offset);
        return offsetsInMembers[member] + (offset - contentOffsets[member]);
    }

    private int find(long offset) {
        int found = contentOffsets[current] <= offset ? current : 0;
        while (found + 1 < count && contentOffsets[found + 1] <= offset) {
            found++;
        }
        current = found;
        return found;
    }
}
