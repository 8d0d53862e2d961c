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

package io.activedataflow.flink.connector.recordfile.source.enumerator.discovery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** States of discoveries that are stored for ever, one for each mode. */
public final class GoldenDiscoveryStates {

    private static final PathHash HASH = new PathHash(0x0123456789abcdefL, -2);

    private GoldenDiscoveryStates() {}

    public static DiscoveryState byTime() {
        Map<String, RootState> roots = new LinkedHashMap<>();
        roots.put("/a", new RootState(new HorizonState.ByTime(-5, 7, files()), List.of(HASH), 3));
        roots.put(
                "/ä",
                new RootState(
                        new HorizonState.ByTime(
                                Long.MIN_VALUE, 0, new FileEntries.Builder().build()),
                        List.of(),
                        0));
        return new DiscoveryState(false, roots);
    }

    public static DiscoveryState byName() {
        return new DiscoveryState(
                true,
                Map.of(
                        "/a",
                        new RootState(
                                new HorizonState.ByName(
                                        "/a/1", List.of(new HorizonState.NamedFile("/a/2", 9))),
                                List.of(),
                                1)));
    }

    public static DiscoveryState all() {
        return new DiscoveryState(
                false, Map.of("/a", new RootState(new HorizonState.All(files()), List.of(), 0)));
    }

    private static FileEntries files() {
        FileEntries.Builder files = new FileEntries.Builder();
        files.add(HASH, 1526919030474L, 42);
        return files.build();
    }
}
