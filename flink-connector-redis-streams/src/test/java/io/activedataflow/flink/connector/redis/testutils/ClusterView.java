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

package io.activedataflow.flink.connector.redis.testutils;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one node thinks of its cluster: the reply of {@code CLUSTER NODES}.
 *
 * @param members a line each
 */
record ClusterView(List<Member> members) {

    /**
     * A line of the reply.
     *
     * @param master the ID of its master, or {@code -} if it is one
     * @param slots first and last slot of each range
     */
    record Member(String id, Set<String> flags, String master, boolean linked, List<int[]> slots) {

        boolean isMaster() {
            return flags.contains("master");
        }

        boolean isHealthy() {
            return !flags.contains("fail")
                    && !flags.contains("fail?")
                    && !flags.contains("handshake")
                    && !flags.contains("noaddr")
                    && (linked || flags.contains("myself"));
        }

        boolean owns(int slot) {
            return slots.stream().anyMatch(range -> range[0] <= slot && slot <= range[1]);
        }
    }

    static ClusterView of(RedisCommands redis) {
        return parse(redis.text("CLUSTER", "NODES"));
    }

    static ClusterView parse(String reply) {
        return new ClusterView(reply.lines().map(ClusterView::member).toList());
    }

    private static Member member(String line) {
        String[] words = line.split(" ");
        List<int[]> slots = new ArrayList<>();
        for (int i = 8; i < words.length; i++) {
            if (!words[i].startsWith("[")) {
                String[] ends = words[i].split("-");
                slots.add(
                        new int[] {
                            Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])
                        });
            }
        }
        return new Member(
                words[0],
                Set.of(words[2].split(",")),
                words[3],
                words[7].equals("connected"),
                List.copyOf(slots));
    }

    Optional<Member> member(ClusterNode node) {
        return members.stream().filter(member -> member.id().equals(node.id())).findFirst();
    }

    /** The ID of the master that serves the slot. */
    Optional<String> ownerOf(int slot) {
        return members.stream()
                .filter(member -> member.isMaster() && member.isHealthy() && member.owns(slot))
                .map(Member::id)
                .findFirst();
    }
}
