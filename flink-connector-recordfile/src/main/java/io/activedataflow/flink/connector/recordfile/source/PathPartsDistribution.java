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

import java.util.List;
import java.util.Map;

/** The key is made of named parts of the path. */
@Internal
record PathPartsDistribution(List<String> names) implements RecordFileDistribution {

    private static final long serialVersionUID = 1L;

    PathPartsDistribution {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException(
                    "No part of the path was given to distribute files by. Give the name of at"
                            + " least one part of the path template.");
        }
    }

    @Override
    public String key(String path, Map<String, String> pathParts) {
        StringBuilder key = new StringBuilder();
        for (String name : names) {
            String part = pathParts.get(name);
            if (part == null) {
                return "";
            }
            key.append(part).append('/');
        }
        return key.toString();
    }

    @Override
    public String toString() {
        return "one reader for each " + String.join(", ", names) + " of the path";
    }
}
