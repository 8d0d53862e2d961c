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

package io.activedataflow.flink.connector.recordfile.source.selection;

import io.activedataflow.flink.connector.recordfile.MaskedText;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.Path;

import javax.annotation.Nullable;

import java.util.List;
import java.util.Objects;

/**
 * The files that match a glob pattern. While walking down a tree, the state is the set of places in
 * the pattern that the directories so far can have led to: one bit for each segment.
 */
@Internal
public final class GlobRoot implements SelectedRoot {

    private static final long serialVersionUID = 1L;

    static final int MAX_SEGMENTS = Long.SIZE - 1;

    private final Path base;
    private final List<GlobSegment> segments;

    /**
     * @param segments what has to follow below the base; none if the base itself is meant
     */
    GlobRoot(Path base, List<GlobSegment> segments) {
        this.base = Objects.requireNonNull(base, "base");
        this.segments = List.copyOf(segments);
    }

    @Override
    public Path base() {
        return base;
    }

    @Override
    public boolean selectsBase() {
        return false;
    }

    @Override
    public DirectoryMatcher matcher() {
        return new Places(withSkipped(1L));
    }

    /** Adds the places behind each {@code **}, which may stand for no directory at all. */
    private long withSkipped(long places) {
        long all = places;
        for (int i = 0; i < segments.size(); i++) {
            if ((all & 1L << i) != 0 && segments.get(i).isAnyDepth()) {
                all |= 1L << i + 1;
            }
        }
        return all;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GlobRoot that
                && base.equals(that.base)
                && segments.equals(that.segments);
    }

    @Override
    public int hashCode() {
        return Objects.hash(base, segments);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(MaskedText.of(base.toString()));
        for (GlobSegment segment : segments) {
            text.append(text.charAt(text.length() - 1) == '/' ? "" : "/").append(segment);
        }
        return text.toString();
    }

    private final class Places implements DirectoryMatcher {

        private final long places;

        private Places(long places) {
            this.places = places;
        }

        @Override
        @Nullable
        public DirectoryMatcher enter(String directory) {
            long next = 0L;
            for (int i = 0; i < segments.size(); i++) {
                if ((places & 1L << i) != 0) {
                    if (segments.get(i).isAnyDepth()) {
                        next |= 1L << i;
                    } else if (i + 1 < segments.size() && segments.get(i).matches(directory)) {
                        next |= 1L << i + 1;
                    }
                }
            }
            return next == 0L ? null : new Places(withSkipped(next));
        }

        @Override
        public boolean selects(String file) {
            int last = segments.size() - 1;
            return last >= 0 && (places & 1L << last) != 0 && segments.get(last).matches(file);
        }
    }
}
