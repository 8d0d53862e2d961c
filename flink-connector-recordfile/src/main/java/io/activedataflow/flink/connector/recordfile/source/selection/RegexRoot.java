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

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of a directory whose paths below it match a regular expression from end to end. */
@Internal
public final class RegexRoot implements SelectedRoot {

    private static final long serialVersionUID = 1L;

    private final Path base;
    private final Pattern pattern;
    private final boolean recursive;

    public RegexRoot(Path base, Pattern pattern, boolean recursive) {
        this.base = base;
        this.pattern = pattern;
        this.recursive = recursive;
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
        return new Below("");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RegexRoot that
                && base.equals(that.base)
                && pattern.pattern().equals(that.pattern.pattern())
                && pattern.flags() == that.pattern.flags()
                && recursive == that.recursive;
    }

    @Override
    public int hashCode() {
        return 31 * base.hashCode() + pattern.pattern().hashCode();
    }

    @Override
    public String toString() {
        return MaskedText.of(base.toString()) + " matching " + pattern;
    }

    private final class Below implements DirectoryMatcher {

        private final String prefix;

        private Below(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public DirectoryMatcher enter(String directory) {
            if (!recursive) {
                return null;
            }
            String below = prefix + directory + '/';
            Matcher matcher = pattern.matcher(below);
            // Where the end of the text was not even looked at, no longer text can match.
            return matcher.matches() || matcher.hitEnd() ? new Below(below) : null;
        }

        @Override
        public boolean selects(String file) {
            return pattern.matcher(prefix + file).matches();
        }
    }
}
