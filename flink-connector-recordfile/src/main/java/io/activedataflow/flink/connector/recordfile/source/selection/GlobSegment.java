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

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.util.regex.Pattern;

/** The part of a glob pattern between two slashes: a name, or {@code **}. */
@Internal
final class GlobSegment implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final String ANY_DEPTH = "**";

    private final String text;
    @Nullable private final Pattern pattern;

    GlobSegment(String text, GlobSyntax syntax) {
        this.text = text;
        this.pattern = text.equals(ANY_DEPTH) ? null : Pattern.compile(syntax.toRegex(text));
    }

    /** Whether this stands for any number of directories, and at the end for all that is there. */
    boolean isAnyDepth() {
        return pattern == null;
    }

    boolean matches(String name) {
        return pattern == null || pattern.matcher(name).matches();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GlobSegment that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
