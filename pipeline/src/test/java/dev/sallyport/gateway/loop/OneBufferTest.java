package dev.sallyport.gateway.loop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OneBufferTest {
    private final List<Object> encoded = new ArrayList<>();

    @Test
    void a_body_on_the_heap_goes_behind_its_head_and_both_are_released() {
        ByteBuf head = buffer("head ");
        ByteBuf body = buffer("body");
        encoded.addAll(List.of(head, body));

        merge();

        assertThat(encoded).singleElement().isInstanceOfSatisfying(ByteBuf.class, whole -> {
            assertThat(whole.toString(US_ASCII)).isEqualTo("head body");
            assertThat(whole.release()).isTrue();
        });
        assertThat(head.refCnt()).isZero();
        assertThat(body.refCnt()).isZero();
    }

    @Test
    void a_body_for_which_there_is_room_goes_into_the_buffer_of_its_head() {
        ByteBuf head = Unpooled.directBuffer(16).writeBytes("head ".getBytes(US_ASCII));
        ByteBuf small = buffer("body");
        ByteBuf large = buffer("a body for which there is none");

        assertThat(merged(head, small)).singleElement().isSameAs(head);
        assertThat(head.toString(US_ASCII)).isEqualTo("head body");
        assertThat(small.refCnt()).isZero();

        assertThat(merged(head, large)).singleElement().isNotSameAs(head);
        assertThat(head.refCnt()).isZero();
        ((ByteBuf) encoded.get(0)).release();
    }

    @Test
    void what_is_in_direct_memory_or_large_or_alone_or_of_more_parts_stays_as_it_is() {
        ByteBuf direct = Unpooled.directBuffer(4).writeBytes(new byte[4]);
        ByteBuf large = Unpooled.wrappedBuffer(new byte[64 * 1024 + 1]);

        assertThat(merged(buffer("head"), direct)).hasSize(2);
        assertThat(merged(buffer("head"), large)).hasSize(2);
        assertThat(merged(buffer("head"))).hasSize(1);
        assertThat(merged(buffer("5"), buffer("body"), buffer("0"))).hasSize(3);

        direct.release();
    }

    private List<Object> merged(ByteBuf... parts) {
        encoded.clear();
        encoded.addAll(List.of(parts));
        merge();
        return List.copyOf(encoded);
    }

    private void merge() {
        OneBuffer.of(encoded, UnpooledByteBufAllocator.DEFAULT);
    }

    private static ByteBuf buffer(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(US_ASCII));
    }
}
