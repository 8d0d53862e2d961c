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

package io.activedataflow.flink.connector.recordfile.source;

import org.apache.flink.annotation.Internal;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The key is the path, or what is found in the name of the file. */
@Internal
final class NameDistribution implements RecordFileDistribution {

    private static final long serialVersionUID = 1L;

    private final Pattern pattern;

    /**
     * @param regex empty for the whole path
     */
    NameDistribution(String regex) {
        this.pattern = Pattern.compile(regex);
    }

    @Override
    public String key(String path, Map<String, String> pathParts) {
        if (pattern.pattern().isEmpty()) {
            return path;
        }
        Matcher matcher = pattern.matcher(path.substring(path.lastIndexOf('/') + 1));
        if (!matcher.find()) {
            return "";
        }
        String key = matcher.group(Math.min(1, matcher.groupCount()));
        return key == null ? "" : key;
    }

    @Override
    public String toString() {
        return pattern.pattern().isEmpty()
                ? "one reader for each path"
                : "one reader for each '" + pattern + "' of the name";
    }
}
