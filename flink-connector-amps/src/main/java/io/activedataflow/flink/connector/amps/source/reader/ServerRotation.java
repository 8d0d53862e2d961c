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

package io.activedataflow.flink.connector.amps.source.reader;

import io.activedataflow.flink.connector.amps.AmpsServerUri;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.List;

/**
 * Which server of the failover list a split is read from: first the one that its position comes
 * from, where the replay is exact, and after each failed attempt the next. Fetcher thread only.
 */
@Internal
final class ServerRotation {

    private final List<AmpsServerUri> servers;
    private int current;

    /**
     * @param servers at least one
     * @param preferred the server to begin with, or null for the first
     */
    ServerRotation(List<AmpsServerUri> servers, @Nullable String preferred) {
        this.servers = List.copyOf(servers);
        for (int i = 0; i < this.servers.size(); i++) {
            if (this.servers.get(i).text().equals(preferred)) {
                current = i;
            }
        }
    }

    AmpsServerUri current() {
        return servers.get(current);
    }

    void next() {
        current = (current + 1) % servers.size();
    }
}
